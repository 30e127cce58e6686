using System.Net;
using System.Net.Http.Json;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text.Json;
using System.Text.Json.Nodes;
using HaoSuan.Payments.Channels;
using HaoSuan.Sandbox;
using HaoSuan.Upstreams.Wire;
using Microsoft.Extensions.Time.Testing;

namespace HaoSuan.Tests.Wires;

/// <summary>The sandbox driven from another process, and by a person.</summary>
public sealed class ControlTests : IAsyncLifetime
{
    private const string Number = "HS202603050001";

    private Wiring _wiring = null!;    // made before each test

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => _wiring = await Wiring.StartAsync();

    public ValueTask DisposeAsync() => _wiring.DisposeAsync();

    private async Task<HttpResponseMessage> PostAsync(string path, object? content = null)
    {
        using var http = _wiring.Client();
        using var body = content is null ? null : JsonContent.Create(content);
        return await http.PostAsync(new Uri(_wiring.Sandbox.Address, "sandbox/control/" + path), body, Cancel);
    }

    private Task<Submission> SubmitAsync() => _wiring.Haoyi.SubmitAsync(new(
        Number, "GD29", new("张三", "11010519491231002X", "13800138000", "广东省", "深圳市", "南山区", "科苑路 1 号"), _wiring.Merchant.Callback("haoyi")), Cancel);

    [Fact]
    public async Task An_order_is_advanced_and_told_over_the_control_api()
    {
        await SubmitAsync();
        Assert.Equal(HttpStatusCode.NoContent, (await PostAsync($"orders/haoyi/{Number}/ship", new { iccid = "89860012345678901234" })).StatusCode);
        Assert.Equal(HttpStatusCode.NoContent, (await PostAsync($"orders/haoyi/{Number}/activate")).StatusCode);
        Assert.Equal(HttpStatusCode.Conflict, (await PostAsync($"orders/haoyi/{Number}/activate")).StatusCode);
        Assert.Equal(HttpStatusCode.Conflict, (await PostAsync($"orders/haoyi/{Number}/explode")).StatusCode);
        using var sent = await PostAsync("deliver");
        Assert.Equal(2, (await sent.Content.ReadFromJsonAsync<JsonElement>(Cancel)).GetProperty("sent").GetInt32());
        Assert.Equal("89860012345678901234", _wiring.Merchant.Reports.First(r => r.Kind == "activated").Attributes["iccid"]);
    }

    [Fact]
    public async Task Payments_faults_and_state_are_driven_over_the_control_api()
    {
        await _wiring.WeChat.CreateAsync(new(TradeNo.Parse(Number), "流量卡", new(1999), PayFace.Qr, _wiring.Time.Now + TimeSpan.FromMinutes(5),
            _wiring.Merchant.Notify("wechat")), Cancel);
        Assert.Equal(HttpStatusCode.NoContent, (await PostAsync("faults", new { wire = "WeChat", on = "Delivery", fault = "Twice" })).StatusCode);
        Assert.Equal(HttpStatusCode.BadRequest, (await PostAsync("faults", new { wire = "WeChat", on = "Delivery", fault = "Nonsense" })).StatusCode);
        Assert.Equal(HttpStatusCode.NoContent, (await PostAsync("pay", new { outTradeNo = Number })).StatusCode);
        Assert.Equal(HttpStatusCode.Conflict, (await PostAsync("pay", new { outTradeNo = Number })).StatusCode);
        await PostAsync("deliver");
        Assert.Equal(2, _wiring.Merchant.Notices.Count);
        using var http = _wiring.Client();
        var state = await http.GetFromJsonAsync<JsonElement>(new Uri(_wiring.Sandbox.Address, "sandbox/control/state"), Cancel);
        Assert.Equal("SUCCESS", state.GetProperty("wechat")[0].GetProperty("state").GetString());
        Assert.Equal("Taken", state.GetProperty("deliveries")[1].GetProperty("state").GetString());
    }

    [Fact]
    public async Task A_person_advances_an_order_on_the_page()
    {
        await SubmitAsync();
        using var http = _wiring.Client();
        using var form = new FormUrlEncodedContent(new Dictionary<string, string> { ["step"] = "Ship" });
        using var posted = await http.PostAsync(new Uri(_wiring.Sandbox.Address, $"sandbox/orders/haoyi/{Number}"), form, Cancel);
        Assert.Equal(HttpStatusCode.Redirect, posted.StatusCode);
        var page = await http.GetStringAsync(new Uri(_wiring.Sandbox.Address, "sandbox"), Cancel);
        Assert.Contains(Number, page, StringComparison.Ordinal);
        Assert.Contains("已发货", page, StringComparison.Ordinal);
        Assert.DoesNotContain("张三", page, StringComparison.Ordinal);
    }

    [Fact]
    public void Keys_survive_in_their_file()
    {
        var path = Path.Combine(Directory.CreateTempSubdirectory("haosuan-keys").FullName, "keys", "sandbox.json");
        var made = SandboxKeys.Open(path, new FakeTimeProvider(Wiring.Start));
        Assert.Equal(made, SandboxKeys.Open(path, new FakeTimeProvider(Wiring.Start)));
    }

    [Fact]
    public void A_file_of_before_is_given_the_keys_that_it_lacks_and_keeps_its_own()
    {
        var path = Path.Combine(Directory.CreateTempSubdirectory("haosuan-keys").FullName, "sandbox.json");
        var before = SandboxKeys.Open(path, new FakeTimeProvider(Wiring.Start));
        var file = JsonNode.Parse(File.ReadAllText(path))!.AsObject();
        foreach (var later in new[] { nameof(SandboxKeys.SmsSecretKey), nameof(SandboxKeys.AlipayCertificates) }) file.Remove(later);
        File.WriteAllText(path, file.ToJsonString());

        var healed = SandboxKeys.Open(path, new FakeTimeProvider(Wiring.Start));

        Assert.Equal(before with { SmsSecretKey = healed.SmsSecretKey, AlipayCertificates = healed.AlipayCertificates }, healed);
        Assert.Equal(healed, SandboxKeys.Open(path, new FakeTimeProvider(Wiring.Start)));
        using var application = X509Certificate2.CreateFromPem(healed.AlipayCertificates.ApplicationPem);
        using var key = RSA.Create();
        key.ImportFromPem(healed.AlipayAppKeyPem);
        Assert.Equal(key.ExportSubjectPublicKeyInfo(), application.PublicKey.ExportSubjectPublicKeyInfo());
    }
}
