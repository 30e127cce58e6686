using System.Text;
using System.Text.Json;
using HaoSuan.Sandbox;
using HaoSuan.Sandbox.Upstreams;
using HaoSuan.Upstreams.Wire;

namespace HaoSuan.Tests.Wires;

/// <summary>A platform that only a file describes: JSON, bodies signed by HMAC.</summary>
public sealed class YunfanTests : UpstreamTests
{
    protected override IUpstreamWire Upstream => Wiring.Yunfan;

    protected override IUpstreamWire Impatient =>
        new Described(Wiring.Client(impatient: true), Wires.Wiring.Keys.Yunfan(Wiring.Sandbox.Address), Wiring.Time);

    protected override UpstreamDesk Desk => World.Yunfan;

    protected override Wire Wire => Wire.Yunfan;

    [Fact]
    public async Task A_tampered_callback_is_refused()
    {
        await SubmitAsync();
        World.Faults.Set(Wire, On.Delivery, Fault.Tamper);
        Advance(Step.Accept);
        await Wiring.DeliverAsync();
        Assert.Equal("upstreams.signature_wrong", Assert.Single(Merchant.Refusals).Code);
    }

    [Fact]
    public async Task A_callback_without_a_signature_is_refused()
    {
        await SubmitAsync();
        Advance(Step.Accept);
        await Wiring.DeliverAsync();
        var bare = Merchant.Raw[^1] with { Headers = new Dictionary<string, string>() };
        Assert.Equal("upstreams.signature_wrong", (await Upstream.ReadCallbackAsync(bare.ToRequest(), Cancel)).Refusals[0].Code);
    }

    [Fact]
    public async Task A_wrong_secret_hands_nothing_over()
    {
        var stranger = new Described(Wiring.Client(), Wires.Wiring.Keys.Yunfan(Wiring.Sandbox.Address) with { Secret = "guessed" }, Wiring.Time);
        Assert.IsType<Submission.Unknown>(await stranger.SubmitAsync(Order(), Cancel));
        Assert.Empty(Desk.OrderNos);
    }
}

/// <summary>A protocol that is built in, described by a file as well: forms, fields signed by md5.</summary>
public sealed class HaoyiByFileTests : UpstreamTests
{
    public const string File = """
        {
          "name": "haoyi-by-file",
          "body": "form",
          "signature": { "digest": "md5", "over": "fields", "field": "sign", "after": "{secret}", "leave_out": ["", "0"] },
          "common": { "app_key": "{account}", "timestamp": "{timestamp}", "nonce": "{nonce}" },
          "submit": {
            "path": "api/order/submit",
            "fields": { "ext_order_sn": "{order_no}", "product_sn": "{product}", "name": "{name}", "id_card": "{id_number}", "mobile": "{phone}",
              "province": "{province}", "city": "{city}", "district": "{district}", "address": "{address}", "number": "{number}",
              "notify_url": "{callback_url}" },
            "taken": { "code": ["200"] }, "upstream_order_no": "data.order_sn", "refused": { "code": ["401", "409", "422"] }, "code": "code", "message": "msg"
          },
          "query": {
            "path": "api/order/query", "fields": { "ext_order_sns": "{order_nos}" },
            "answered": { "code": ["200"] }, "busy": { "code": ["429"] }, "rows": "data", "code": "code", "message": "msg"
          },
          "withdraw": {
            "path": "api/order/withdraw", "fields": { "ext_order_sn": "{order_no}", "asked": "{nonce}" },
            "answer": "data", "order_no": "ext_order_sn", "asked": "asked",
            "withdrawn": { "withdraw_status": ["2"] }, "refused": { "withdraw_status": ["3"] }, "reason": "withdraw_mark"
          },
          "report": {
            "order_no": "ext_order_sn", "upstream_order_no": "order_sn", "status": "up_status", "status_at": "status_at", "shipped_at": "shipped_at",
            "activated_at": "activated_at", "phone": "number", "iccid": "iccid", "courier": "express_name", "tracking_no": "express_sn", "remark": "mark",
            "first_top_up": "first_recharge", "settlement": "settlement", "settlement_at": "settlement_at",
            "top_ups": "recharges", "stops": "stops", "months": "service_months",
            "statuses": { "0": "submitted", "1": "accepted", "3": "shipped", "4": "shipped", "5": "documents_wanted", "11": "documents_wanted",
              "6": "rejected", "8": "activated", "10": "cancelled" },
            "settlements": { "1": "nothing", "2": "upstream_confirmed", "3": "nothing", "4": "upstream_rejected", "5": "upstream_recalled" }
          },
          "callback": { "taken": "success", "not_taken": "fail" }
        }
        """;

    protected override IUpstreamWire Upstream => Wiring.HaoyiByFile;

    protected override IUpstreamWire Impatient => Line(Wiring, impatient: true);

    protected override UpstreamDesk Desk => World.Haoyi;

    protected override Wire Wire => Wire.Haoyi;

    public static Described Line(Wiring wiring, bool impatient = false, string file = File)
    {
        Assert.True(DescriptionFile.TryRead(Encoding.UTF8.GetBytes(file), out var description, out var faults), string.Join('\n', faults));
        var keys = Wires.Wiring.Keys.Haoyi(wiring.Sandbox.Address);
        return new(
            wiring.Client(impatient), new() { BaseAddress = keys.BaseAddress, Account = keys.AppKey, Secret = keys.Secret, Description = description },
            wiring.Time);
    }

    [Fact]
    public async Task What_is_nested_among_signed_fields_is_not_signed_and_not_believed()
    {
        var json = Line(Wiring, file: File.Replace("\"body\": \"form\"", "\"body\": \"json\"", StringComparison.Ordinal));
        var fields = new Dictionary<string, object> { ["order_sn"] = "HY1", ["ext_order_sn"] = Number, ["up_status"] = "8" };
        fields["sign"] = HaoyiForm.Sign(fields.Select(f => KeyValuePair.Create(f.Key, $"{f.Value}")), Wires.Wiring.Keys.HaoyiSecret);
        Assert.Equal(["activated"], await KindsAsync());

        fields["recharges"] = new[] { new { no = 1, amount = "50.00", at = "2026-03-05 09:00:00" } };

        Assert.Equal(["activated"], await KindsAsync());

        async Task<IEnumerable<string>> KindsAsync()
        {
            var raw = new RawRequest("application/json", new Dictionary<string, string>(), JsonSerializer.SerializeToUtf8Bytes(fields));
            return (await json.ReadCallbackAsync(raw.ToRequest(), Cancel)).Value.Select(r => r.Kind);
        }
    }

    [Fact]
    public async Task A_settlement_without_a_word_of_ours_is_a_strange_status()
    {
        var form = new Dictionary<string, string> { ["order_sn"] = "HY1", ["ext_order_sn"] = Number, ["up_status"] = "8", ["settlement"] = "77" };
        form["sign"] = HaoyiForm.Sign(form, Wires.Wiring.Keys.HaoyiSecret);
        using var content = new FormUrlEncodedContent(form);
        var raw = new RawRequest("application/x-www-form-urlencoded", new Dictionary<string, string>(), await content.ReadAsByteArrayAsync(Cancel));

        var reports = (await Upstream.ReadCallbackAsync(raw.ToRequest(), Cancel)).Value;

        Assert.Equal(["activated", "unrecognised"], reports.Select(r => r.Kind));
        Assert.Equal("settlement=77", reports[1].Attributes["status"]);
    }

    [Fact]
    public async Task A_value_that_swallows_the_next_field_is_refused()
    {
        await SubmitAsync();
        Advance(Step.Accept, new(Remark: "受理"));
        await Wiring.DeliverAsync();
        var genuine = Merchant.Raw[^1];
        var form = Encoding.UTF8.GetString(genuine.Body).Split('&').ToDictionary(p => p.Split('=')[0], p => p.Split('=')[1]);
        form["mark"] += "number" + Uri.EscapeDataString("=") + form["number"];
        form.Remove("number");
        var swallowed = genuine with { Body = Encoding.UTF8.GetBytes(string.Join('&', form.Select(p => $"{p.Key}={p.Value}"))) };
        Assert.Equal("upstreams.signature_wrong", (await Upstream.ReadCallbackAsync(swallowed.ToRequest(), Cancel)).Refusals[0].Code);
    }
}

/// <summary>Signatures worked out by hand (md5sum, openssl dgst -hmac) and descriptions that are refused.</summary>
public sealed class DescriptionTests
{
    private static readonly Dictionary<string, string> Fields = new()
    {
        ["order_no"] = "HS1", ["app_id"] = "yf1", ["name"] = "张三", ["amount"] = "12.50", ["empty"] = "", ["zero"] = "0", ["sign"] = "not signed itself",
    };

    [Fact]
    public void An_md5_is_that_of_the_sorted_fields_and_the_secret()
    {
        // printf 'amount=12.50&app_id=yf1&name=张三&order_no=HS1&key=s3cret' | md5sum
        var rule = Rule(SignatureDigest.Md5) with { Separator = "&", After = "&key={secret}", LeaveOut = ["", "0"] };
        Assert.Equal("45d288ff0d1ce38b0877d000bb79ee57", new WireSigning(rule, "s3cret", []).OfFields(Fields));

        // printf 'app_id=yf1order_no=HS1s3cret' | md5sum
        var plain = Rule(SignatureDigest.Md5) with { After = "{secret}", Text = SignatureText.HexUpper };
        Assert.Equal("CED8C84B5FAC2A354A1A552318D0E122",
            new WireSigning(plain, "s3cret", []).OfFields(new Dictionary<string, string> { ["order_no"] = "HS1", ["app_id"] = "yf1" }));
    }

    [Fact]
    public void An_hmac_is_that_of_the_body_or_of_the_sorted_fields()
    {
        // printf '{"out_order_id":"HS1","status":5}' | openssl dgst -sha256 -hmac s3cret
        var body = new SignatureRule { Digest = SignatureDigest.HmacSha256, Over = SignatureOver.Body, Header = "X-Sign" };
        Assert.Equal("99ee68989e219614e9b272615015dc9addf8b76032f9ba28816eb85154e1d7d8",
            new WireSigning(body, "s3cret", []).OfBody("""{"out_order_id":"HS1","status":5}"""u8));

        // printf 'app_id=yf1&order_no=HS1' | openssl dgst -sha256 -hmac s3cret -binary | base64
        var fields = Rule(SignatureDigest.HmacSha256) with { Separator = "&", Text = SignatureText.Base64 };
        Assert.Equal("H19bWcFMz7nmdLoyYkNke8s3COSh0upuEzPop94J86g=",
            new WireSigning(fields, "s3cret", []).OfFields(new Dictionary<string, string> { ["order_no"] = "HS1", ["app_id"] = "yf1" }));
    }

    private static SignatureRule Rule(SignatureDigest digest) => new() { Digest = digest, Over = SignatureOver.Fields, Field = "sign" };

    [Theory]
    [InlineData("\"name\": \"haoyi-by-file\"", "\"name\": \"号易\"", "$.name: ")]
    [InlineData("\"name\": \"haoyi-by-file\"", "\"nam\": \"haoyi\"", "'nam'")]
    [InlineData("\"body\": \"form\"", "\"body\": \"form\", \"body\": \"json\"", "line 3")]
    [InlineData("\"body\": \"form\"", "\"body\": \"xml\"", "$.body, line 3")]
    [InlineData("\"digest\": \"md5\"", "\"digest\": \"sha1\"", "$.signature.digest, line 4")]
    [InlineData("\"after\": \"{secret}\"", "\"after\": \"\"", "$.signature.after: ")]
    [InlineData("\"field\": \"sign\"", "\"header\": \"X-Sign\"", "$.signature.field: ")]
    [InlineData("\"digest\": \"md5\"", "\"digest\": \"hmac_sha256\"", "$.signature.after: ")]
    [InlineData("api/order/submit", "api/order/submit?phone={phone}", "$.submit.path: ")]
    [InlineData("api/order/query", "api/{order_nos}", "$.query.path: ")]
    [InlineData("{id_number}", "{idnumber}", "$.submit.fields.id_card: there is no {idnumber}")]
    [InlineData("{order_nos}", "{name}", "$.query.fields.ext_order_sns: there is no {name}")]
    [InlineData("\"asked\": \"{nonce}\"", "\"asked\": \"1\"", "")]
    [InlineData("\"rows\": \"data\"", "\"rows\": \"data..list\"", "$.query: \"data..list\"")]
    [InlineData("\"taken\": { \"code\": [\"200\"] }", "\"taken\": { }", "$.submit.taken: ")]
    [InlineData("\"8\": \"activated\"", "\"8\": \"activate\"", "$.report.statuses.8: \"activate\"")]
    [InlineData("\"settlement\": \"settlement\", ", "", "$.report.settlements: ")]
    [InlineData("\"callback\":", "\"callbacks\":", "'callbacks'")]
    [InlineData("\"recharges\"", "\"data.recharges\"", "$.report: \"data.recharges\" is nested")]
    [InlineData("\"withdraw_status\": [\"2\"]", "\"state.is\": [\"2\"]", "$.withdraw.withdrawn: \"state.is\" is nested")]
    [InlineData("\"over\": \"fields\", \"field\": \"sign\"", "\"over\": \"body\", \"header\": \"Authorization\"", "$.signature.header: ")]
    public void A_fault_is_told_with_its_place(string genuine, string wrong, string told)
    {
        Assert.Contains(genuine, HaoyiByFileTests.File, StringComparison.Ordinal);
        var file = HaoyiByFileTests.File.Replace(genuine, wrong, StringComparison.Ordinal);
        if (told.Length == 0) file = file.Replace("\"nonce\": \"{nonce}\"", "\"nonce\": \"1\"", StringComparison.Ordinal);
        Assert.False(DescriptionFile.TryRead(Encoding.UTF8.GetBytes(file), out _, out var faults));
        Assert.Contains(faults, f => f.Contains(told.Length == 0 ? "$.withdraw.fields: " : told, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("https://api.example.com/", true)]
    [InlineData("http://127.0.0.1:5099/", true)]
    [InlineData("http://localhost/", true)]
    [InlineData("http://api.example.com/", false)]
    public void Personal_data_goes_over_https_or_stays_on_the_machine(string address, bool safe)
    {
        Assert.True(DescriptionFile.TryRead(Encoding.UTF8.GetBytes(HaoyiByFileTests.File), out var description, out _));
        var options = new DescribedOptions { BaseAddress = new(address), Account = "a", Secret = "s", Description = description };
        Assert.Equal(safe, options.IsSafe);
        Assert.DoesNotContain("Secret", options.ToString(), StringComparison.Ordinal);
        if (!safe) Assert.Throws<ArgumentException>(() => new Described(null!, options, TimeProvider.System));
    }
}
