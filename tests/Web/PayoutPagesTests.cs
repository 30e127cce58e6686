using System.Text;
using HaoSuan.Distributors;
using HaoSuan.Ledger;
using HaoSuan.Payments;
using HaoSuan.Payouts;
using HaoSuan.Sandbox.Alipay;

namespace HaoSuan.Tests.Web;

/// <summary>Payouts from the request to the wallet or the bank, on the pages of both.</summary>
public sealed class PayoutPagesTests : SandboxedTests
{
    private const string Agent = "/agent/payouts";
    private const string Office = "/office/payouts";

    [Fact]
    public async Task W06_fee_and_net_follow_the_amount_that_is_typed_and_no_other_field()
    {
        await SetPolicy("Bank", ("fee_rate", "6"), ("fee_least", "1"), ("fee_most", "10"));
        var (visitor, _) = await Seller(500_00);
        await visitor.Submit(Agent, $"{Agent}/account", ("method", "Bank"), ("holder", "王小明"), ("account", "6222020200112233445"));

        var token = (await visitor.Open(Agent)).Document.QuerySelector("#ask input[name=__RequestVerificationToken]")!.GetAttribute("value")!;
        var told = await visitor.Post($"{Agent}/preview", ("amount", "100"), ("commission", "1"), ("__RequestVerificationToken", token));
        Assert.Contains("￥6.00", told.Text, StringComparison.Ordinal);
        Assert.Contains("￥94.00", told.Text, StringComparison.Ordinal);
        var tooMuch = await visitor.Post($"{Agent}/preview", ("amount", "600"), ("__RequestVerificationToken", token));
        Assert.Contains("可提现金额为", tooMuch.Text, StringComparison.Ordinal);
        var without = await visitor.Submit(Agent, Agent, ("amount", ""), ("commission", "100"));
        Assert.Equal((422, true), (without.Status, without.ErrorOf("amount") is not null));
    }

    [Fact]
    public async Task A_policy_that_contradicts_itself_comes_back_with_its_faults()
    {
        var finance = await App.VisitAs("finance");
        var page = $"{Office}/policies?method=WeChat";

        var bad = await finance.Submit(page, page, ("least", "100"), ("most", "50"), ("fee_rate", "80"), ("from", "2020-01-01"), ("deposit", "x"));
        Assert.Equal(422, bad.Status);
        Assert.NotNull(bad.ErrorOf("deposit"));
        bad = await finance.Submit(page, page, ("least", "100"), ("most", "50"), ("fee_rate", "80"), ("from", "2020-01-01"));
        foreach (var field in new[] { "most", "fee_rate", "from" }) Assert.NotNull(bad.ErrorOf(field));
        Assert.Equal(403, (await (await App.VisitAs("operations")).Open(page)).Status);
    }

    [Fact]
    public async Task A_wallet_is_bound_inside_WeChat_and_the_payee_confirms_what_was_sent_there()
    {
        World.TransfersEnd = TransferEnding.Pend;
        var (visitor, seller) = await Seller(500_00);
        await Bind(visitor, seller);
        Assert.Equal(302, (await visitor.Submit(Agent, $"{Agent}/account", ("method", "WeChat"), ("holder", "王小明"), ("account", ""))).Status);
        Assert.Equal(302, (await visitor.Submit(Agent, Agent, ("amount", "300"))).Status);
        var finance = await App.VisitAs("finance");
        await Approve(finance, seller);
        Assert.Equal(302, (await finance.Submit($"{Office}/batches", $"{Office}/batches")).Status);
        await Drain();

        var waiting = await visitor.Open(Agent);
        Assert.Contains("package-", waiting.Document.QuerySelector("[data-receive]")!.GetAttribute("data-receive"), StringComparison.Ordinal);
        var payout = await Only(seller);
        Assert.True(World.EndTransfer(payout.Reference, success: true));
        Assert.Equal(1, await World.Deliveries.DeliverAsync(cancel: Cancel));
        await Drain();

        Assert.Contains("已到账", (await visitor.Open(Agent)).Words, StringComparison.Ordinal);
        Assert.Equal(("王小明", payout.Net), (World.NameOfPayee(payout.Reference), World.Transferred));
        var voucher = Assert.Single(await App.With<ReadVouchers, IReadOnlyList<Voucher>>(v => v.FindAsync(new(Kind: VoucherKind.Transfer), 0, 9, Cancel)));
        var shown = await finance.Open($"/office/vouchers/{voucher.Number}");
        Assert.Contains(payout.Reference, shown.Words, StringComparison.Ordinal);
        var message = await finance.Submit($"/office/vouchers/{voucher.Number}", $"/office/vouchers/{voucher.Number}/message");
        Assert.Contains("Wechatpay-Signature", message.Text, StringComparison.Ordinal);
        Assert.DoesNotContain(World.WeChatUser, message.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Another_browsers_answer_of_WeChat_binds_nothing()
    {
        var (visitor, seller) = await Seller(0);
        var sent = (await visitor.Open($"{Agent}/wallet")).Location!;
        using var answer = await Http.GetAsync(sent, Cancel);
        var (stranger, other) = await Seller(0);

        Assert.Equal(302, (await stranger.Open(answer.Headers.Location!.PathAndQuery)).Status);

        foreach (var id in new[] { seller, other }) Assert.False(await App.With<PayoutRecords, bool>(p => p.HasWalletAsync(id, Cancel)));
    }

    [Fact]
    public async Task A_batch_for_the_bank_is_downloaded_and_its_results_are_read_on_its_page()
    {
        var (visitor, seller) = await Seller(500_00);
        await visitor.Submit(Agent, $"{Agent}/account", ("method", "Bank"), ("holder", "王小明"), ("account", "6222020200112233445"));
        await visitor.Submit(Agent, Agent, ("amount", "300"));
        var finance = await App.VisitAs("finance");
        await Approve(finance, seller);
        var batch = (await finance.Submit($"{Office}/batches", $"{Office}/batches", ("format", "fixed"))).Location!;
        var payout = await Only(seller);

        Assert.DoesNotContain(payout.Reference, (await finance.Open($"{batch}/file")).Text, StringComparison.Ordinal);
        Assert.Equal(302, (await finance.Submit(batch, $"{batch}/file")).Status);
        var file = await finance.Open($"{batch}/file");
        Assert.Equal(200, file.Status);
        Assert.Contains(payout.Reference, file.Text, StringComparison.Ordinal);
        Assert.NotNull((await finance.Upload(batch, "file", "r.txt", "nothing"u8.ToArray())).ErrorOf("file"));
        var result = Encoding.ASCII.GetBytes($"R000001{payout.Reference,-32}0000CMB-77\n");
        Assert.Equal(302, (await finance.Upload(batch, "file", "r.txt", result)).Status);

        Assert.Contains("CMB-77", (await finance.Open(batch)).Words, StringComparison.Ordinal);
        Assert.Equal(PayoutStatus.Paid, (await Only(seller)).Status);
    }

    [Fact]
    public async Task Several_are_approved_at_once_and_one_that_is_refused_stops_none_of_the_others()
    {
        var (first, one) = await Seller(500_00);
        var (second, other) = await Seller(500_00);
        foreach (var visitor in new[] { first, second })
        {
            await visitor.Submit(Agent, $"{Agent}/account", ("method", "Bank"), ("holder", "王小明"), ("account", "6222020200112233445"));
            await visitor.Submit(Agent, Agent, ("amount", "300"));
        }
        await App.With<Freeze, Result<Done>>(f => f.RunAsync(new(other, "客户投诉"), Cancel));
        var (finance, page) = (await App.VisitAs("finance"), $"{Office}?status=Requested");

        Assert.Equal(422, (await finance.Submit(page, page)).Status);
        var sent = await finance.Submit(page, page, ("ids", $"{(await Only(one)).Id.Value}"), ("ids", $"{(await Only(other)).Id.Value}"));

        Assert.Equal(422, sent.Status);
        Assert.Contains($"{(await Only(other)).Number}：分销商已冻结", sent.Words, StringComparison.Ordinal);
        Assert.Equal((PayoutStatus.Approved, PayoutStatus.Requested), ((await Only(one)).Status, (await Only(other)).Status));
    }

    [Fact]
    public async Task Tax_pages_set_profiles_list_the_month_and_hand_out_files()
    {
        var (visitor, seller) = await Seller(500_00);
        var code = (await App.With<Tree, Distributor?>(t => t.FindAsync(seller, Cancel)))!.Code;
        var finance = await App.VisitAs("finance");
        var person = $"{Office}/tax/{code}";
        var wrong = await finance.Submit(person, person, ("kind", "PerPayment"), ("id_number", "123"));
        Assert.NotNull(wrong.ErrorOf("id_number"));
        Assert.DoesNotContain("\"123\"", wrong.Text, StringComparison.Ordinal);
        Assert.Equal(302, (await finance.Submit(person, person, ("kind", "PerPayment"), ("name", "王小明"), ("id_number", "440305199208160013"))).Status);
        await visitor.Submit(Agent, $"{Agent}/account", ("method", "Alipay"), ("holder", "王小明"), ("account", "wang@example.com"));
        await visitor.Submit(Agent, Agent, ("amount", "300"));
        await Approve(finance, seller);
        await finance.Submit($"{Office}/batches", $"{Office}/batches");
        await Drain();

        Assert.Contains("个人，按次预扣", (await finance.Open($"{Office}/tax")).Words, StringComparison.Ordinal);
        var month = (await finance.Open($"{Office}/tax")).Document.QuerySelector("input[name=month]")!.GetAttribute("value")!;
        foreach (var file in new[] { "return", "incomes" }) Assert.Equal(200, (await finance.Open($"{Office}/tax/{file}.xlsx?month={month}")).Status);
        Assert.Equal(200, (await visitor.Open($"{Agent}/tax/{month[..4]}.xlsx")).Status);
        Assert.Equal(404, (await visitor.Open($"{Agent}/tax/2001.xlsx")).Status);
        var early = await finance.Submit(person, $"{person}/corrections", ("month", month), ("tax", "1"), ("reason", "算错"));
        Assert.NotNull(early.ErrorOf("month"));
    }

    private async Task SetPolicy(string method, params (string, string)[] rules)
    {
        var page = $"{Office}/policies?method={method}";
        Assert.Equal(302, (await (await App.VisitAs("finance")).Submit(page, page, rules)).Status);
    }

    /// <summary>A distributor who has earned, in a browser inside WeChat.</summary>
    private async Task<(Visitor Visitor, DistributorId Id)> Seller(long fen)
    {
        var sample = await Sample.MakeAsync(App);
        if (fen > 0)
        {
            await App.With<Journal, long>(j => j.PostAsync(new Entry(
                "test", $"earned:{sample.Child}", TimeProvider.System.Now, "",
                [new(Accounts.Commission, new(fen)), new(Accounts.Available(sample.ChildId), new(-fen))]), Cancel));
        }
        return (await App.VisitAs(sample.Child), sample.ChildId);
    }

    private async Task Bind(Visitor visitor, DistributorId seller)
    {
        var sent = await visitor.Open($"{Agent}/wallet");
        using var answer = await Http.GetAsync(sent.Location!, Cancel);
        await visitor.Open(answer.Headers.Location!.PathAndQuery);
        Assert.True(await App.With<PayoutRecords, bool>(p => p.HasWalletAsync(seller, Cancel)));
    }

    private async Task Approve(Visitor finance, DistributorId seller)
    {
        var page = $"{Office}/{(await Only(seller)).Id.Value}";
        Assert.Equal(302, (await finance.Submit(page, $"{page}/approve")).Status);
    }

    private async Task<PayoutView> Only(DistributorId seller) =>
        Assert.Single(await App.With<PayoutRecords, IReadOnlyList<PayoutView>>(p => p.OfAsync(seller, cancel: Cancel)));
}
