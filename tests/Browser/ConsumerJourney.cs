using System.Text.RegularExpressions;
using HaoSuan.Distributors;
using Step = HaoSuan.Sandbox.Upstreams.Step;

namespace HaoSuan.Tests.Browser;

/// <summary>A consumer on a phone, from a distributor's link to a card that is activated.</summary>
public sealed partial class ConsumerJourney(Chrome chrome, Installation installation)
{
    [Fact]
    public async Task Picks_a_number_orders_pays_and_follows_the_card()
    {
        await using var phone = await chrome.OpenAsync(Size.Phone, installation.Address);
        var invite = await installation.With<Tree, string>(async t => (await t.InvitationsAsync((await t.AllAsync())[0].Id))[0]);
        await phone.Open($"/s/{invite}");
        await Pictures.FaceAsync(phone.Page, "shop");
        await phone.Page.Locator(".offer", new() { HasText = "可选号" }).First.ClickAsync();

        await PickANumber(phone);
        await FillWrongly(phone);
        await FillRightly(phone);
        await Pay(phone);
        await phone.Arrive(StatusPage());

        await Follow(phone);
    }

    private static async Task PickANumber(Screen phone)
    {
        await phone.Sees("第一步：选号码");
        await phone.Fill("想要的数字", "8");
        await phone.Press("筛选");
        await phone.Arrive(new("digits=8"));
        var number = phone.Page.Locator("label.choice", new() { HasText = "加价" }).First;
        await number.ClickAsync();
        await phone.Press("选定这个号码");
        await phone.Sees("已选号码");
        await phone.Check("reserved");
        await phone.Sees("第二步：填写资料");
    }

    private static async Task FillWrongly(Screen phone)
    {
        await phone.Fill("姓名", "林晓");
        await phone.Fill("身份证号", "440106199203150040");
        await phone.Fill("联系手机", "1380");

        Assert.Equal(422, await phone.Send("提交并支付"));

        foreach (var field in new[] { "IdNumber", "Phone", "Province", "Address", "Consent" }) await phone.Sees(phone.ErrorOf(field));
        await Assertions.Expect(phone.Page.GetByLabel("姓名")).ToHaveValueAsync("林晓");
        await Assertions.Expect(phone.ErrorOf("Name")).ToHaveCountAsync(0);
    }

    private static async Task FillRightly(Screen phone)
    {
        await phone.Fill("身份证号", "440106199203150049");
        await phone.Fill("联系手机", "13800138000");
        await phone.Page.GetByLabel("收货省份").SelectOptionAsync(new SelectOptionValue { Label = "广东省" });
        await phone.Fill("城市", "广州市");
        await phone.Fill("详细地址", "体育西路 100 号 3 栋 502");
        await phone.Page.GetByText("微信支付").First.ClickAsync();
        await phone.Page.GetByLabel("我已阅读并同意所选号码的约定").CheckAsync();
        await phone.Page.GetByLabel("我承诺").CheckAsync();
        await phone.Page.GetByLabel("我已阅读并同意《入网服务协议》").CheckAsync();
        await phone.Press("提交并支付");
    }

    private async Task Pay(Screen phone)
    {
        await phone.Sees("微信支付 · 沙箱收银台");
        await phone.Check("pay");
        await phone.Press("立即支付");
        await phone.Page.WaitForURLAsync(new Regex("returned=1|/pay/wechat"));
        await installation.SettleDown();
        var back = phone.Page.GetByRole(AriaRole.Link, new() { Name = "返回商家" });
        if (await back.CountAsync() > 0) await back.ClickAsync();
    }

    private async Task Follow(Screen phone)
    {
        var status = phone.Page.Url;
        await phone.Open(status);
        await phone.Sees(Stage(phone, "current", "运营商审核"));
        var order = await phone.Page.Locator(".detail", new() { HasText = "订单号" }).Locator("dd").InnerTextAsync();

        await Advance(order, Step.Accept);
        await Advance(order, Step.Ship);
        await phone.Open(status);
        await phone.Sees(Stage(phone, "done", "发货"));

        await Advance(order, Step.Activate);
        await phone.Open(status);
        await phone.Sees(Stage(phone, "done", "激活"));
    }

    private async Task Advance(string order, Step step)
    {
        var desk = installation.World.Haoyi.OrderNos.Contains(order) ? installation.World.Haoyi : installation.World.Hao172;
        Assert.Null(desk.Advance(order, step));
        await installation.SettleDown();
    }

    private static ILocator Stage(Screen phone, string state, string title) =>
        phone.Page.Locator($".step-{state}", new() { HasText = title }).First;

    [GeneratedRegex("/s/[^/]+/o/[^/]+")]
    private static partial Regex StatusPage();
}
