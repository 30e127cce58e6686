using System.Text;
using HaoSuan.Ledger;
using HaoSuan.Reconciliation;
using HaoSuan.Reports;

namespace HaoSuan.Tests.Engine;

public sealed class Bank_on_sqlite(SqliteDatabases engine) : BankCases(engine);

public sealed class Bank_on_postgres(PostgresDatabases engine) : BankCases(engine);

/// <summary>What upstreams pay: by movements of the bank account, or by hand.</summary>
public abstract class BankCases(Databases engine) : SettlementsTest(engine)
{
    private const string Header = "交易日期,交易流水号,收入,支出,余额,对方户名,摘要\n";

    // 100,000.00 before; 200.00 from the upstream 上游, 50.00 to a person, 7.00 from somebody.
    private const string Rows = "2026-03-01,S1,200.00,,100200.00,广东上游有限公司,佣金\n2026-03-01,S2,,50.00,100150.00,王小明,推广服务费\n2026-03-01,S3,7.00,,100157.00,某公司,利息\n";

    private async Task Owing()
    {
        var product = await Product();
        for (var i = 0; i < 2; i++) await Record(await Order(product), "activated");
        await Run();
    }

    private Task<Result<BankImported>> Import(string text) =>
        With<ImportStatement, Result<BankImported>>(i => i.RunAsync("三月流水.csv", Encoding.UTF8.GetBytes(text), Cancel));

    private async Task<BankFileView> File(BankFileId id) => (await With<BankFiles, BankFileView?>(f => f.FindAsync(id, Cancel)))!;

    private Task<IReadOnlyList<BankLineView>> Lines(BankFileId id) => With<BankFiles, IReadOnlyList<BankLineView>>(f => f.LinesAsync(id, 0, 100, Cancel));

    private Task<Result<int>> Claim(BankFileId id, UpstreamId? upstream, params int[] rows) =>
        With<ClaimLines, Result<int>>(c => c.AsReceiptsAsync(id, rows, upstream, "", Cancel));

    private Task<Result<ReceiptId>> ByHand(string bankNo, long fen, string note = "按回单") => With<RecordReceipts, Result<ReceiptId>>(r =>
        r.ByHandAsync(new(Upstream, new(fen), Zone.Shanghai.DateOf(Time.Now), bankNo, note), Cancel));

    private async Task<(long Bank, long Receivable)> Books() => (
        -(await Owed(Accounts.Bank)).Minor, -(await Owed(Accounts.UpstreamReceivable(Upstream))).Minor);

    [Fact]
    public async Task A_movement_from_an_upstream_is_claimed_and_it_owes_less()
    {
        await Owing();
        var file = (await Import(Header + Rows)).Value.Id;
        Assert.Equal((0, 240_00), await Books());
        Assert.Equal([("上游", Upstream), ("王**", (UpstreamId?)null), ("某**", null)], (await Lines(file)).Select(l => (l.Counterparty, l.Upstream)));

        Assert.Equal(1, (await Claim(file, null, 2)).Value);
        Assert.Equal("reconciliation.line_went_out", (await Claim(file, Upstream, 3)).Refusals[0].Code);
        Assert.Equal("reconciliation.line_whose", (await Claim(file, null, 4)).Refusals[0].Code);
        Assert.Equal("reconciliation.line_claimed", (await Claim(file, null, 2)).Refusals[0].Code);
        Assert.Equal("note", (await With<ClaimLines, Result<int>>(c => c.AsOtherAsync(file, [3], " ", Cancel))).Refusals[0].Field);
        Assert.Equal(2, (await With<ClaimLines, Result<int>>(c => c.AsOtherAsync(file, [3, 4], "提现与利息", Cancel))).Value);

        Assert.Equal((200_00, 40_00), await Books());
        var view = await File(file);
        Assert.Equal((0, 207_00L, 50_00L, 157_00L, true), (view.OpenCount, view.In.Minor, view.Out.Minor, view.Claimed.Minor, view.Ties));
        var debt = Assert.Single(await With<UpstreamDebts, IReadOnlyList<UpstreamDebt>>(d => d.AllAsync(Cancel)));
        Assert.Equal((40_00L, 40_00L, new DateOnly(2026, 3, 1)), (debt.Owed.Minor, debt.Ages.Total.Minor, debt.LastPaid!.Value));
        var statement = (await With<UpstreamStatements, UpstreamStatement?>(s => s.OfAsync(Upstream, new(2026, 3), Cancel)))!;
        Assert.Equal(200_00, statement.Received.Minor);
        await AssertSound();
    }

    [Fact]
    public async Task The_same_file_and_the_same_movement_are_taken_once()
    {
        await Owing();
        var first = (await Import(Header + Rows)).Value;

        var again = (await Import(Header + Rows)).Value;
        var longer = (await Import(Header + Rows + "2026-03-02,S4,1.00,,100158.00,某公司,\n")).Value;

        Assert.Equal((false, 3), (first.Known, first.Added));
        Assert.Equal((true, first.Id), (again.Known, again.Id));
        Assert.Equal((false, 1, 3), (longer.Known, longer.Added, longer.Before));
        Assert.Equal("S4", Assert.Single(await Lines(longer.Id)).Serial);
    }

    [Fact]
    public async Task A_statement_whose_balances_do_not_follow_is_refused_and_nothing_is_kept()
    {
        await Owing();

        var refused = await Import(Header + Rows.Replace("100150.00", "100151.00", StringComparison.Ordinal));

        Assert.Equal(("sheets.bank_balance", "file"), (refused.Refusals[0].Code, refused.Refusals[0].Field));
        Assert.Equal(0, await With<BankFiles, int>(f => f.CountAsync(Cancel)));
    }

    [Fact]
    public async Task A_receipt_is_entered_by_hand_with_its_reason_once()
    {
        await Owing();
        Assert.Equal("note", (await ByHand("B1", 100_00, " ")).Refusals[0].Field);
        Assert.Equal("amount", (await ByHand("B1", 0)).Refusals[0].Field);
        Assert.Equal("bankNo", (await ByHand(" ", 1)).Refusals[0].Field);

        Assert.False((await ByHand("B1", 100_00)).IsRefused);

        Assert.Equal("reconciliation.receipt_known", (await ByHand("B1", 100_00)).Refusals[0].Code);
        Assert.Equal((100_00, 140_00), await Books());
    }

    [Fact]
    public async Task Two_who_enter_the_same_receipt_at_once_book_it_once()
    {
        await Owing();

        var both = await Task.WhenAll(Enumerable.Range(0, 2).Select(_ => Task.Run(() => ByHand("B1", 100_00), Cancel)));

        Assert.Single(both, r => r.IsRefused);
        Assert.Equal((100_00, 140_00), await Books());
    }

    [Fact]
    public async Task A_receipt_is_taken_back_by_the_counter_entry_and_its_movement_waits_again()
    {
        await Owing();
        var file = (await Import(Header + Rows)).Value.Id;
        await Claim(file, null, 2);
        var receipt = Assert.Single(await With<RecordReceipts, IReadOnlyList<ReceiptView>>(r => r.ListAsync(null, 0, 10, Cancel)));

        Task<Result<Done>> Reverse(string reason) => With<RecordReceipts, Result<Done>>(r => r.ReverseAsync(receipt.Id, reason, Cancel));
        Assert.Equal("reason", (await Reverse("")).Refusals[0].Field);
        Assert.False((await Reverse("认错了上游")).IsRefused);
        Assert.Equal("reconciliation.receipt_reversed", (await Reverse("再来")).Refusals[0].Code);

        Assert.Equal((0, 240_00), await Books());
        Assert.Equal(3, (await File(file)).OpenCount);
        Assert.Equal(Money.Zero, await With<RecordReceipts, Money>(r => r.SumAsync(Upstream, Cancel)));
        Assert.Equal(1, (await Claim(file, null, 2)).Value);
        Assert.Equal((200_00, 40_00), await Books());
    }
}
