using HaoSuan.Distributors;
using HaoSuan.Identity;
using HaoSuan.Orders;
using HaoSuan.Settlements;
using HaoSuan.Web.Demo;

namespace HaoSuan.Tests.Browser;

/// <summary>A distributor on a phone reads why, checks the statement and asks for money; finance at a desk pays it.</summary>
public sealed class DistributorJourney(Chrome chrome, Installation installation)
{
    private static readonly Money Asked = new(100_00);

    [Fact]
    public async Task Reads_why_an_order_earns_and_what_is_missing_until_when()
    {
        await using var phone = await SignIn(SignIns.Top);
        await phone.Sees("可提现");
        await phone.Sees("冻结中");
        await phone.Page.Locator("a[href$='/why']").First.ClickAsync();
        await phone.Arrive(new("/why$"));
        await phone.Sees("已满足");
        await phone.Sees("依据的事实");

        var (distributor, order) = await SomebodyWhoWaits();
        await using var other = await SignIn(distributor.Code);
        await other.Open($"/agent/orders/{order.Value}");
        await other.Follow("结算说明");
        await other.Arrive(new("/why$"));
        await other.Sees("等待中");
        await other.Sees(other.Page.Locator("small", new() { HasTextRegex = new(@"(须在|将于) \d{4}-\d{2}-\d{2}") }).First);
        await Pictures.FaceAsync(other.Page, "agent");
    }

    [Fact]
    public async Task Finds_that_the_statement_of_each_month_adds_up()
    {
        await using var phone = await SignIn(SignIns.Top);
        await phone.Open("/agent/statements");
        var months = await phone.Page.Locator("table.rows a").EvaluateAllAsync<string[]>("links => links.map(a => a.getAttribute('href'))");
        Assert.NotEmpty(months);

        foreach (var month in months)
        {
            await phone.Open(month);
            var movements = await phone.Amount("＋ 佣金") - await phone.Amount("－ 代扣个税") - await phone.Amount("－ 手续费")
                - await phone.Amount("－ 提现到账");
            Assert.Equal(await phone.Amount("＝ 期末余额"), await phone.Amount("期初余额") + movements);
        }
    }

    [Fact]
    public async Task Asks_for_money_that_finance_approves_and_sees_it_paid()
    {
        var distributor = await SomebodyWhoMayAsk();
        await using var phone = await SignIn(distributor.Code);
        await phone.Open("/agent/payouts");
        await SetAccount(phone, distributor.Name);
        await phone.Fill("提现金额", "100.001");
        Assert.Equal(422, await phone.Send("申请提现"));
        await phone.Sees(phone.ErrorOf("amount"));
        await phone.Fill("提现金额", Asked.ToString());
        await phone.Press("申请提现");
        await phone.Sees("待审核");

        await using var desk = await chrome.OpenAsync(Size.Desk, installation.Address);
        await desk.SignIn("finance");
        await desk.Open("/office/payouts");
        await desk.Page.Locator("tr", new() { HasText = distributor.Name }).First.ClickAsync();
        await desk.Confirm("通过");
        await desk.Sees("待付款");
        await desk.Open("/office/payouts/batches");
        await desk.Confirm("付款到支付宝");
        await desk.Sees("明细");
        await installation.SettleDown();

        await phone.Open("/agent/payouts");
        await phone.Sees("已到账");
    }

    private static async Task SetAccount(Screen phone, string name)
    {
        await phone.Page.Locator(".choice", new() { HasText = "支付宝" }).ClickAsync();
        await phone.Fill("收款人", name);
        await phone.Fill("账号", "someone@example.com");
        await phone.Press("保存账户");
        await phone.Sees("收款账户：支付宝");
    }

    /// <summary>A distributor with enough money and no open request, with a sign-in of its own.</summary>
    private async Task<Distributor> SomebodyWhoMayAsk()
    {
        foreach (var distributor in await installation.With<Tree, IReadOnlyList<Distributor>>(t => t.AllAsync()))
        {
            var balance = await installation.With<Balances, DistributorBalance>(b => b.OfAsync(distributor.Id));
            if (balance.Available < Asked || !balance.Paying.IsZero || distributor.Code is "D01" or "D0101") continue;
            await AddSignIn(distributor);
            return distributor;
        }
        throw new InvalidOperationException("Nobody in the demonstration may ask for a payout.");
    }

    /// <summary>A distributor with an order of which it is known until when something is still missing.</summary>
    private async Task<(Distributor Distributor, OrderId Order)> SomebodyWhoWaits()
    {
        var orders = await installation.With<OrderList, IReadOnlyList<OrderSummary>>(o => o.AllAsync(new(), 0, 1000));
        var distributors = (await installation.With<Tree, IReadOnlyList<Distributor>>(t => t.AllAsync())).ToDictionary(d => d.Id);
        foreach (var order in orders)
        {
            var seller = distributors[order.Seller];
            var why = await installation.With<Why, OrderWhy?>(w => w.OfAsync(order.Id, seller.Id));
            if (why is null || !why.Stages.SelectMany(s => s.Conditions).Any(HasDate)) continue;
            await AddSignIn(seller);
            return (seller, order.Id);
        }
        throw new InvalidOperationException("No order of the demonstration waits for anything.");

        static bool HasDate(ConditionWhy condition) => condition.Standing == ConditionStanding.Open
            && (condition.Tell.Contains("须在", StringComparison.Ordinal) || condition.Tell.Contains("将于", StringComparison.Ordinal));
    }

    /// <summary>Does nothing where there is one already.</summary>
    private Task AddSignIn(Distributor distributor) => installation.With<Users, Result<UserId>>(u =>
        u.CreateAsync(distributor.Code, SignIns.Password, Role.Distributor, distributor.Id));

    private async Task<Screen> SignIn(string name)
    {
        var phone = await chrome.OpenAsync(Size.Phone, installation.Address);
        await phone.SignIn(name);
        return phone;
    }
}
