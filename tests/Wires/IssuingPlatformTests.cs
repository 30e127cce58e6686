using System.Text;
using HaoSuan.Invoices;
using HaoSuan.Sandbox;

namespace HaoSuan.Tests.Wires;

public sealed class IssuingPlatformTests : IAsyncLifetime
{
    private Wiring? _wiring;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private Wiring Wiring => _wiring ?? throw new InvalidOperationException("Not started");

    public async ValueTask InitializeAsync() => _wiring = await Wires.Wiring.StartAsync();

    public ValueTask DisposeAsync() => Wiring.DisposeAsync();

    private IssuingPlatform Line(Func<IssuingPlatformOptions, IssuingPlatformOptions>? change = null) =>
        new(Wiring.Client(), (change ?? (o => o))(Wiring.Keys.Invoices(Wiring.Sandbox.Address)), Wiring.Time);

    private InvoiceToIssue Invoice(string buyer = "福建某某有限公司", string? redOf = null) => new(
        NewId.Of<InvoiceId>(Wiring.Time), InvoiceKind.Special, new("示例号卡", "91350100M000100Y43"), "李四", new(buyer, "91350100M000100Y43"),
        [new(InvoiceItem.CardFee, "*电信服务*号卡", "3030000000000000000", new(55_66), new(600), new(3_34))], "订单 1", redOf, redOf is null ? null : "C1");

    [Fact]
    public async Task What_is_handed_over_is_issued_and_its_files_are_fetched()
    {
        var invoice = Invoice();
        Assert.IsType<IssueAnswer.Pending>(await Line().IssueAsync(invoice, Cancel));

        var issued = Assert.IsType<IssueAnswer.Issued>(await Line().IssueAsync(invoice, Cancel));

        Assert.Equal("26442000000000000001", issued.Number);
        Assert.Equal(["pdf", "xml"], issued.Files.Select(f => f.Format));
        Assert.Contains("59.00", Encoding.UTF8.GetString(issued.Files[1].Content), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(Fault.Fail)]
    [InlineData(Fault.FailAfter)]
    [InlineData(Fault.Busy)]
    public async Task Whatever_goes_wrong_when_it_is_handed_over_there_is_one_invoice(Fault fault)
    {
        var invoice = Invoice();
        for (var i = 0; i < 4; i++)
        {
            Wiring.World.Faults.Set(Wire.Invoices, On.Call, fault);
            await Line().IssueAsync(invoice, Cancel);
            await Line().IssueAsync(invoice, Cancel);
        }
        await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Line().IssueAsync(invoice, Cancel)));

        Assert.IsType<IssueAnswer.Issued>(await Line().IssueAsync(invoice, Cancel));
        Assert.Equal(invoice.Id.Value, Assert.Single(Wiring.World.InvoicePlatform.Invoices).RequestId);
    }

    [Fact]
    public async Task A_stranger_is_not_answered_and_a_fault_is_told_in_the_platforms_words()
    {
        Assert.Equal(new IssueAnswer.Pending("HTTP 401"), await Line(o => o with { Secret = "stranger" }).IssueAsync(Invoice(), Cancel));
        Assert.Empty(Wiring.World.InvoicePlatform.Invoices);
        Assert.Equal(new IssueAnswer.Refused("购买方名称与税号不符"), await Line().IssueAsync(Invoice("不存在公司"), Cancel));
        Assert.Equal(new IssueAnswer.Refused("没有这张蓝字发票"), await Line().IssueAsync(Invoice(redOf: "1"), Cancel));
    }

    /// <summary>Computed outside this code, by Python's hmac.</summary>
    [Fact]
    public void The_signature_covers_method_path_time_and_body() => Assert.Equal(
        "600c4b72467f4b9e7524ac74236e67f4cac8c63bb407e1469125b775fa22573f", IssuingPlatform.Signature("secret", "POST", "/v1/invoices", "1600227242", "{}"u8));
}
