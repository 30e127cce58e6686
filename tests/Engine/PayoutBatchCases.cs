using System.Text;
using HaoSuan.Ledger;
using HaoSuan.Payouts;

namespace HaoSuan.Tests.Engine;

public sealed class Payout_batches_on_sqlite(SqliteDatabases engine) : PayoutBatchCases(engine);

public sealed class Payout_batches_on_postgres(PostgresDatabases engine) : PayoutBatchCases(engine);

public abstract class PayoutBatchCases(Databases engine) : PayoutTest(engine)
{
    private static readonly Encoding Gb = CodePagesEncodingProvider.Instance.GetEncoding("GB18030")!;

    [Fact]
    public async Task A_bank_file_holds_the_net_amounts_of_its_batch_and_every_reveal_is_audited()
    {
        await Earn(100_00);
        await Approve((await Request(100_00)).Value);

        var lines = Encoding.UTF8.GetString(await Export(await Batch(PayoutMethod.Bank))).Split("\r\n", StringSplitOptions.RemoveEmptyEntries);

        Assert.Equal(2, lines.Length);
        Assert.Contains("王小明,6222020200112233445,100.00,", lines[1], StringComparison.Ordinal);
        Assert.Equal(2, await With<Db, int>(db => db.Set<AuditRow>().CountAsync(a => a.Action == "secret.revealed", Cancel)));
    }

    [Fact]
    public async Task A_file_of_counted_bytes_tells_sums_in_its_head_and_amounts_in_fen()
    {
        await Earn(100_00);
        var id = (await Request(100_00)).Value;
        await Approve(id);

        var rows = Gb.GetString(await Export(await Batch(PayoutMethod.Bank, "fixed"))).Split("\r\n", StringSplitOptions.RemoveEmptyEntries);

        Assert.Equal("H000001000000000010000", rows[0]);
        Assert.StartsWith($"D000001{(await Find(id)).Reference} ", rows[1], StringComparison.Ordinal);
        Assert.Contains("000000000010000推广服务费", rows[1], StringComparison.Ordinal);
        Assert.Equal(1 + 6 + 32 + 32 + 100 + 15 + 20, Gb.GetByteCount(rows[1]));
    }

    [Fact]
    public async Task What_went_out_in_a_file_is_in_no_second_batch_and_cannot_be_taken_back()
    {
        await Earn(100_00);
        var id = await Sent(100_00, method: PayoutMethod.Bank);

        Assert.Equal("payouts.batch_empty", (await TryBatch(PayoutMethod.Bank)).Refusals[0].Code);
        await Reject(id);
        Assert.Equal(PayoutStatus.Approved, (await Find(id)).Status);
    }

    [Fact]
    public async Task Two_batches_at_once_hold_each_payout_once()
    {
        await SetPolicy(PayoutMethod.Bank, PayoutPolicy.Default with { OneOpen = false });
        await Earn(400_00);
        foreach (var key in new[] { "a", "b", "c", "d" }) await Approve((await Request(100_00, key)).Value);

        await Task.WhenAll(Enumerable.Range(0, 3).Select(_ => Task.Run(() => TryBatch(PayoutMethod.Bank), Cancel)));

        var batches = await With<PayoutBatches, IReadOnlyList<BatchView>>(b => b.ListAsync(0, 9, Cancel));
        Assert.Equal(4, batches.Sum(b => b.Count));
    }

    [Theory]
    [InlineData("csv")]
    [InlineData("fixed")]
    public async Task Results_are_read_back_line_by_line_and_the_same_file_twice_changes_nothing(string format)
    {
        await SetPolicy(PayoutMethod.Bank, PayoutPolicy.Default with { OneOpen = false });
        await Earn(200_00);
        PayoutId paid = (await Request(120_00, "a")).Value, failed = (await Request(80_00, "b")).Value;
        foreach (var id in new[] { paid, failed }) await Approve(id);
        var batch = await Batch(PayoutMethod.Bank, format);
        await Export(batch);
        var file = Results(
            format, ((await Find(paid)).Reference, "CMB-77", null), ((await Find(failed)).Reference, "", "账号户名不符"), ("PO000000NOBODY", "X-1", null));

        var first = await Read(batch, file);
        var again = await Read(batch, file);

        Assert.Equal(first.Value, again.Value);
        Assert.Equal((PayoutStatus.Paid, PayoutStatus.Failed), ((await Find(paid)).Status, (await Find(failed)).Status));
        Assert.Equal("账号户名不符", (await Find(failed)).Reason);
        Assert.Equal(new Money(80_00), await Owed(Accounts.Available(Wang)));
        var read = Assert.Single(await With<PayoutBatches, IReadOnlyList<(Instant, IReadOnlyList<ResultLine> Lines)>>(b => b.ResultsAsync(batch, Cancel)));
        Assert.Equal([ResultOutcome.Paid, ResultOutcome.Failed, ResultOutcome.Unknown], read.Lines.Select(l => l.Outcome));
        Assert.Equal(["payouts.case_result"], await Compared());
    }

    [Fact]
    public async Task A_result_that_says_other_than_before_changes_nothing_and_is_listed()
    {
        await Earn(100_00);
        var id = await Sent(100_00, method: PayoutMethod.Bank);
        var batch = (await Find(id)).BatchId!.Value;
        var reference = (await Find(id)).Reference;
        await Read(batch, Results("csv", (reference, "CMB-1", null)));

        await Read(batch, Results("csv", (reference, "", "退票")));

        Assert.Equal(PayoutStatus.Paid, (await Find(id)).Status);
        var files = await With<PayoutBatches, IReadOnlyList<(Instant, IReadOnlyList<ResultLine> Lines)>>(b => b.ResultsAsync(batch, Cancel));
        Assert.Single(files, f => f.Lines[0].Outcome == ResultOutcome.Contradicts);
    }

    [Theory]
    [InlineData("付款编号,金额\nPO1,3\n", "payouts.result_heading")]
    [InlineData("付款编号,结果,流水号\nPO1,处理中,3\n", "payouts.result_word")]
    public async Task A_file_that_is_no_result_is_refused_as_a_whole(string text, string code)
    {
        await Earn(100_00);
        var id = await Sent(100_00, method: PayoutMethod.Bank);

        var refused = await Read((await Find(id)).BatchId!.Value, Encoding.UTF8.GetBytes(text));

        Assert.Equal(code, refused.Refusals[0].Code);
    }

    [Fact]
    public async Task A_payout_that_failed_is_tried_again_under_another_reference_and_paid_once()
    {
        await Earn(100_00);
        var id = await Sent(100_00, method: PayoutMethod.Bank);
        var (first, batch) = ((await Find(id)).Reference, (await Find(id)).BatchId!.Value);
        await Confirm(id, paid: false, "账号有误");
        Assert.Equal(new Money(100_00), await Owed(Accounts.Available(Wang)));

        Assert.False((await Retry(id)).IsRefused);
        Assert.Equal("payouts.not_failed", (await Retry(id)).Refusals[0].Code);
        Assert.Equal((Money.Zero, new Money(100_00)), (await Owed(Accounts.Available(Wang)), await Owed(Accounts.Paying(Wang))));
        var second = await Batch(PayoutMethod.Bank);
        await Export(second);
        Assert.Equal(first + "R2", (await Find(id)).Reference);
        await Read(batch, Results("csv", (first, "LATE", null)));       // the bank speaks of the first attempt again
        Assert.Equal(PayoutStatus.Approved, (await Find(id)).Status);
        await Read(second, Results("csv", (first + "R2", "CMB-2", null)));

        Assert.Equal((PayoutStatus.Paid, Money.Zero), ((await Find(id)).Status, await Owed(Accounts.Paying(Wang))));
        Assert.Equal(new Money(100_00), await Owed(Accounts.Bank));
        Assert.Equal(["payouts.case_result"], await Compared());
    }

    [Fact]
    public async Task A_second_file_asks_for_nothing_that_has_ended()
    {
        await Earn(100_00);
        var id = await Sent(100_00, method: PayoutMethod.Bank);
        var batch = (await Find(id)).BatchId!.Value;
        Assert.Contains((await Find(id)).Reference, Encoding.UTF8.GetString(await Export(batch)), StringComparison.Ordinal);

        await Confirm(id, paid: true, "CMB-1");

        Assert.DoesNotContain((await Find(id)).Reference, Encoding.UTF8.GetString(await Export(batch)), StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_was_spent_meanwhile_cannot_be_tried_again()
    {
        await Earn(100_00);
        var id = await Sent(100_00, method: PayoutMethod.Bank);
        await Confirm(id, paid: false, "账号有误");
        Assert.False((await Request(60_00, "other")).IsRefused);

        Assert.Equal("payouts.above_available", (await Retry(id)).Refusals[0].Code);
    }

    private Task<Result<Guid>> Read(Guid batch, byte[] file) => With<ReadResults, Result<Guid>>(r => r.RunAsync(batch, file, Cancel));

    private static byte[] Results(string format, params IEnumerable<(string Reference, string Number, string? Failed)> lines)
    {
        if (format == "csv")
        {
            return Encoding.UTF8.GetBytes("付款编号,金额,结果,流水号或原因\n" + string.Concat(lines.Select(l =>
                $"{l.Reference},1.00,{(l.Failed is null ? "成功" : "失败")},{l.Failed ?? l.Number}\n")));
        }
        return [.. lines.SelectMany((l, i) => Gb.GetBytes(
            $"R{i + 1:000000}{l.Reference,-32}{(l.Failed is null ? "0000" : "E102")}{l.Number,-32}{l.Failed}\r\n"))];
    }
}
