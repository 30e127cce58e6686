using HaoSuan.Distributors;

namespace HaoSuan.Tests.Web;

public sealed class JoiningPagesTests(App app)
{
    [Fact]
    public async Task Somebody_invited_by_a_distributor_applies_on_a_phone_is_approved_and_signs_in()
    {
        await (await app.VisitAs("admin")).Submit("/office/contracts", "/office/contracts", ("text", "合作协议\n第一条 不收任何费用。"));
        var sample = await Sample.MakeAsync(app);
        var top = await app.VisitAs(sample.Top);
        Assert.Equal(302, (await top.Submit("/agent/joining", "/agent/joining", ("share", "90"), ("days", "7"))).Status);
        var address = new Uri((await top.Open("/agent/joining")).Document.QuerySelector("figcaption")!.TextContent).AbsolutePath;
        var phone = app.Visit();

        var page = await phone.Open(address);
        Assert.Contains("第一条 不收任何费用。", page.Words, StringComparison.Ordinal);
        Assert.Contains("￥90.00", page.Words, StringComparison.Ordinal);
        var wrong = await phone.Submit(address, address, ("IdNumber", "1"), ("Name", "新店"));
        Assert.Equal("身份证号不正确，请核对。", wrong.ErrorOf("IdNumber"));
        Assert.Equal((302, address), await Apply(phone, address, 41, "xindian41"));
        Assert.Contains("等待审核", (await phone.Open(address)).Words, StringComparison.Ordinal);

        var operations = await app.VisitAs("operations");
        var office = address.Replace("/join/", "/office/joining/", StringComparison.Ordinal);
        var shown = (await operations.Open(office)).Words;
        Assert.Contains("张**", shown, StringComparison.Ordinal);
        Assert.DoesNotContain("张三丰", shown, StringComparison.Ordinal);
        Assert.NotNull((await operations.Submit(office, office, ("do", "approve"), ("code", "不行"))).ErrorOf("code"));
        Assert.Equal(302, (await operations.Submit(office, office, ("do", "approve"), ("code", $"{sample.Top}x"))).Status);
        var approved = (await app.Visit().Open(address)).Words;
        Assert.Contains("申请已通过", approved, StringComparison.Ordinal);
        Assert.Contains("登录名后面加上 @demo", approved, StringComparison.Ordinal);
        Assert.Equal(302, (await app.Visit().SignIn("xindian41@demo", "korrekt-pferd-9")).Status);
    }

    [Fact]
    public async Task A_refused_application_says_why_and_an_unknown_invitation_is_not_there()
    {
        await app.With<Contracts, Result<int>>(c => c.PublishAsync("合作协议\n第一条 不收任何费用。"));
        var operations = await app.VisitAs("operations");
        var invited = await operations.Submit("/office/joining/new", "/office/joining/new", ("parent", ""), ("share", "80"), ("days", "3"));
        var address = invited.Location!.Replace("/office/joining/", "/join/", StringComparison.Ordinal);
        Assert.Equal((302, address), await Apply(app.Visit(), address, 42, "xindian42"));

        await operations.Submit(invited.Location!, invited.Location!, ("do", "refuse"), ("reason", "资料不全"));

        Assert.Contains("资料不全", (await app.Visit().Open(address)).Words, StringComparison.Ordinal);
        Assert.Equal(404, (await app.Visit().Open("/join/demo-ABCDEFGH")).Status);
    }

    [Fact]
    public async Task Only_an_administrator_publishes_a_contract_and_operations_keeps_the_blacklist()
    {
        var operations = await app.VisitAs("operations");
        Assert.Empty((await operations.Open("/office/contracts")).Document.QuerySelectorAll("#page form"));

        var added = await operations.Submit("/office/blacklist", "/office/blacklist", ("kind", "Phone"), ("value", "13911112222"), ("reason", "倒卖电话卡"));
        var wrong = await operations.Submit("/office/blacklist", "/office/blacklist", ("kind", "Phone"), ("value", "139"), ("reason", ""));

        Assert.Equal(302, added.Status);
        Assert.NotNull(wrong.ErrorOf("value"));
        var page = (await operations.Open("/office/blacklist")).Words;
        Assert.Contains("139****2222", page, StringComparison.Ordinal);
        Assert.DoesNotContain("13911112222", page, StringComparison.Ordinal);
        Assert.Empty((await (await app.VisitAs("finance")).Open("/office/blacklist")).Document.QuerySelectorAll("#page form"));
    }

    private static async Task<(int, string?)> Apply(Visitor phone, string address, int person, string signIn)
    {
        var sent = await phone.Submit(address, address, ("Name", "新店"), ("Person", "张三丰"), ("IdNumber", Shop.IdNumber(person)),
            ("Phone", $"138001380{person}"), ("SignIn", signIn), ("Password", "korrekt-pferd-9"), ("Accept", "true"));
        return (sent.Status, sent.Location);
    }
}
