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

    [Theory]
    [InlineData("", true)]
    [InlineData("--urls http://localhost:1", true)]
    [InlineData("--help", false)]
    [InlineData("settle case.json", false)]
    public void Nothing_and_options_alone_mean_to_serve(string line, bool serves) =>
        Assert.Equal(serves, ServeCommand.IsMeantBy(line.Split(' ', StringSplitOptions.RemoveEmptyEntries)));
}
