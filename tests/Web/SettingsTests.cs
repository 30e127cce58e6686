using Microsoft.Extensions.Configuration;

namespace HaoSuan.Tests.Web;

public sealed class SettingsTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("haosuan-settings-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void A_new_installation_makes_a_key_that_only_its_user_reads_and_says_so_once()
    {
        var database = Path.Combine(_folder, "new", "haosuan.db");

        var first = Settings.Read(database);
        var second = Settings.Read(database);

        var file = Path.Combine(_folder, "new", "master.key");
        Assert.Contains(file, first.Notice, StringComparison.Ordinal);
        Assert.Null(second.Notice);
        Assert.Equal(first.MasterKey, second.MasterKey);
        Assert.Equal(32, Convert.FromBase64String(first.MasterKey).Length);
        if (!OperatingSystem.IsWindows()) Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(file));
    }

    [Fact]
    public void On_postgres_the_key_must_be_given()
    {
        var refused = Assert.Throws<SettingsException>(() => Settings.Read("Host=localhost;Database=haosuan"));

        Assert.Contains("HaoSuan__MasterKey", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_broken_key_is_told_before_anything_is_read_with_it()
    {
        File.WriteAllText(Path.Combine(_folder, "master.key"), "c2hvcnQ=");

        Assert.Contains("32 bytes", Assert.Throws<SettingsException>(() => Settings.Read(Path.Combine(_folder, "a.db"))).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void An_upstream_is_described_by_a_file_whose_faults_stop_the_start_with_their_place()
    {
        var file = Path.Combine(_folder, "yunfan.json");
        using (var genuine = typeof(HaoSuan.Sandbox.SandboxKeys).Assembly.GetManifestResourceStream("yunfan.json")!)
        using (var copy = File.Create(file)) genuine.CopyTo(copy);

        var line = Assert.Single(Read("https://open.example.test").Upstreams);
        Assert.Equal(("yunfan", new Uri("https://open.example.test/")), (line.Key, line.Described!.BaseAddress));
        Assert.Contains("https only", Assert.Throws<SettingsException>(() => Read("http://open.example.test")).Message, StringComparison.Ordinal);
        File.WriteAllText(file, File.ReadAllText(file).Replace("\"1\": \"submitted\"", "\"1\": \"sent\"", StringComparison.Ordinal));
        var refused = Assert.Throws<SettingsException>(() => Read("https://open.example.test"));
        Assert.Contains("Upstreams:yunfan:File", refused.Message, StringComparison.Ordinal);
        Assert.Contains("$.report.statuses.1", refused.Message, StringComparison.Ordinal);
        File.Delete(file);
        Assert.Contains("not there", Assert.Throws<SettingsException>(() => Read("https://open.example.test")).Message, StringComparison.Ordinal);

        Lines Read(string address) => Lines.Read(new ConfigurationBuilder().AddInMemoryCollection(new Dictionary<string, string?>
        {
            ["HaoSuan:Upstreams:yunfan:Wire"] = "file",
            ["HaoSuan:Upstreams:yunfan:File"] = file,
            ["HaoSuan:Upstreams:yunfan:BaseAddress"] = address,
            ["HaoSuan:Upstreams:yunfan:Account"] = "yf1",
            ["HaoSuan:Upstreams:yunfan:Secret"] = "s3cret",
        }).Build().GetSection("HaoSuan"));
    }

    [Theory]
    [InlineData("haoyi", "AppKey")]
    [InlineData("hao172", "UserId")]
    public void Personal_data_goes_to_no_upstream_over_plain_http(string wire, string account)
    {
        Assert.Single(Read("https://open.example.test/").Upstreams);
        Assert.Single(Read("http://127.0.0.1:5080/haoyi/").Upstreams);
        Assert.Contains("https only", Assert.Throws<SettingsException>(() => Read("http://open.example.test/")).Message, StringComparison.Ordinal);

        Lines Read(string address) => Lines.Read(new ConfigurationBuilder().AddInMemoryCollection(new Dictionary<string, string?>
        {
            ["HaoSuan:Upstreams:a:Wire"] = wire,
            ["HaoSuan:Upstreams:a:BaseAddress"] = address,
            [$"HaoSuan:Upstreams:a:{account}"] = "1",
            ["HaoSuan:Upstreams:a:Secret"] = "s3cret",
        }).Build().GetSection("HaoSuan"));
    }

    [Fact]
    public void Who_somebody_is_is_asked_over_tls_alone_with_the_key_that_seals_it()
    {
        var read = Read(("SealingKey", "PEM")).IdCheck!;
        Assert.Equal(("https://faceid.tencentcloudapi.com/", "PEM"), (read.BaseAddress.AbsoluteUri, read.SealingKeyPem));
        Assert.Contains("SealingKeyFile", Assert.Throws<SettingsException>(() => Read()).Message, StringComparison.Ordinal);
        var plain = Assert.Throws<SettingsException>(() => Read(("SealingKey", "PEM"), ("BaseAddress", "http://open.example.test/")));
        Assert.Contains("https only", plain.Message, StringComparison.Ordinal);

        static Lines Read(params IEnumerable<(string Name, string Value)> more)
        {
            IEnumerable<(string Name, string Value)> all = [("SecretId", "AKID1"), ("SecretKey", "s3cret"), .. more];
            return Lines.Read(new ConfigurationBuilder().AddInMemoryCollection(
                all.Select(s => KeyValuePair.Create($"HaoSuan:TencentIdCheck:{s.Name}", (string?)s.Value))).Build().GetSection("HaoSuan"));
        }
    }

    [Theory]
    [InlineData("", true)]
    [InlineData("--urls http://localhost:1", true)]
    [InlineData("--help", false)]
    [InlineData("settle case.json", false)]
    public void Nothing_and_options_alone_mean_to_serve(string line, bool serves) =>
        Assert.Equal(serves, ServeCommand.IsMeantBy(line.Split(' ', StringSplitOptions.RemoveEmptyEntries)));
}
