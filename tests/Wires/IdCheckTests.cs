using System.Text;
using HaoSuan.Platform;
using HaoSuan.Sandbox;

namespace HaoSuan.Tests.Wires;

public sealed class IdCheckTests : IAsyncLifetime
{
    private const string IdNumber = "11010519491231002X";

    private Wiring? _wiring;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private Wiring Wiring => _wiring ?? throw new InvalidOperationException("Not started");

    public async ValueTask InitializeAsync() => _wiring = await Wires.Wiring.StartAsync();

    public ValueTask DisposeAsync() => Wiring.DisposeAsync();

    [Theory]
    [InlineData("张三丰", IdNumber, NameCheck.Same)]
    [InlineData("张不符", IdNumber, NameCheck.Differs)]
    [InlineData("张查无", IdNumber, NameCheck.Unlisted)]
    [InlineData("张三丰", "110105194912310021", NameCheck.Differs)]
    public async Task The_platform_says_what_it_knows(string name, string idNumber, NameCheck expected) =>
        Assert.Equal(expected, await Line().AskAsync(name, idNumber, Cancel));

    [Fact]
    public async Task Whatever_is_no_answer_says_nothing_of_the_person()
    {
        foreach (var fault in new[] { Fault.Fail, Fault.Busy })
        {
            Wiring.World.Faults.Set(Wire.IdCheck, On.Call, fault);
            Assert.Null(await Line().AskAsync("张三丰", IdNumber, Cancel));
        }
        Assert.Null(await Line(o => o with { SecretKey = "stranger" }).AskAsync("张三丰", IdNumber, Cancel));
        Assert.Null(await Line(o => o with { BaseAddress = new("http://127.0.0.1:1/faceid/") }).AskAsync("张三丰", IdNumber, Cancel));
        Assert.Null(await Line(o => o with { SealingKeyPem = Wiring.Keys.Alipay(Wiring.Sandbox.Address).AlipayKeyPem }).AskAsync("张三丰", IdNumber, Cancel));
    }

    [Fact]
    public async Task Name_and_number_leave_sealed_in_the_body_and_never_twice_alike()
    {
        var seen = new Listener();
        using var http = new HttpClient(seen);
        var line = new TencentIdCheck(http, Wiring.Keys.IdCheck(Wiring.Sandbox.Address), Wiring.Time);

        await line.AskAsync("张三丰", IdNumber, Cancel);
        await line.AskAsync("张三丰", IdNumber, Cancel);

        Assert.Equal(2, seen.Calls.Count);
        Assert.NotEqual(seen.Calls[0], seen.Calls[1]);
        foreach (var secret in new[] { "张三丰", "\\u5F20", IdNumber, Convert.ToBase64String(Encoding.UTF8.GetBytes(IdNumber)) })
            Assert.All(seen.Calls, call => Assert.DoesNotContain(secret, call, StringComparison.OrdinalIgnoreCase));
    }

    private TencentIdCheck Line(Func<TencentIdCheckOptions, TencentIdCheckOptions>? change = null) =>
        new(Wiring.Client(), (change ?? (o => o))(Wiring.Keys.IdCheck(Wiring.Sandbox.Address)), Wiring.Time);

    /// <summary>Everything that leaves: address, headers and body.</summary>
    private sealed class Listener : HttpMessageHandler
    {
        public List<string> Calls { get; } = [];

        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            Calls.Add($"{request.RequestUri}\n{request.Headers}\n{await request.Content!.ReadAsStringAsync(cancellationToken)}");
            return new(System.Net.HttpStatusCode.BadGateway) { Content = new StringContent("") };
        }
    }
}
