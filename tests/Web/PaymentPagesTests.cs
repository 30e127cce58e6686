namespace HaoSuan.Tests.Web;

public sealed class PaymentPagesTests(App app)
{
    [Theory]
    [InlineData("/office/vouchers?q=HS1&channel=&kind=&from=&until=&least=&most=", "没有符合条件的凭证")]
    [InlineData("/office/vouchers?kind=Refund&from=2026-03-01&until=2026-03-31&least=1&most=2,000", "没有符合条件的凭证")]
    [InlineData("/office/channel-days?channel=&state=", "还没有可以核对的日子")]
    [InlineData("/office/channel-days?channel=wechat&state=Differs", "还没有可以核对的日子")]
    [InlineData("/office/disputes", "没有金额不符的收款")]
    [InlineData("/office/gateways", "没有接入支付渠道")]
    public async Task Finance_opens_the_pages_of_payments_and_operations_does_not(string path, string words)
    {
        var page = await (await app.VisitAs("finance")).Open(path);

        Assert.Equal(200, page.Status);
        Assert.Contains(words, page.Words, StringComparison.Ordinal);
        Assert.Equal(403, (await (await app.VisitAs("operations")).Open(path)).Status);
    }

    [Theory]
    [InlineData("/office/vouchers/7")]
    [InlineData("/office/channel-days/wechat/2026-03-01")]
    [InlineData("/office/channel-days/wechat/yesterday")]
    [InlineData("/office/channel-days/wechat/2026-03-01/files/Trades")]
    public async Task What_is_not_there_is_not_found(string path) => Assert.Equal(404, (await (await app.VisitAs("finance")).Open(path)).Status);
}
