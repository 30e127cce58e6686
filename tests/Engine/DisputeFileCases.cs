using System.Text;
using HaoSuan.Platform.Sheets;
using HaoSuan.Reconciliation;
using HaoSuan.Settling.Reconciling;

namespace HaoSuan.Tests.Engine;

public sealed class DisputeFile_on_sqlite(SqliteDatabases engine) : DisputeFileCases(engine);

public sealed class DisputeFile_on_postgres(PostgresDatabases engine) : DisputeFileCases(engine);

/// <summary>What goes to the upstream about disputes, and what it answers; how its next sheet is read.</summary>
public abstract class DisputeFileCases(Databases engine) : SettlementsTest(engine)
{
    private const string First = "HS26030100000001";
    private const string Second = "HS26030100000002";

    private static readonly Month March = new(2026, 3);

    /// <summary>The first is paid too little, the second is missing; both are disputed.</summary>
    private async Task<SheetId> Disputed()
    {
        var product = await Product();
        for (var i = 0; i < 2; i++) await Record(await Order(product), "activated");
        await Run();
        var id = await Upload($"备注,渠道订单号,佣金\n甲,{First},100.00\n");
        await With<OpenSheet, Result<Done>>(o => o.RunAsync(id, Cancel));
        foreach (var difference in new[] { Difference.AmountDiffers, Difference.MissingInSheet })
            await With<DecideDifferences, Result<int>>(d => d.RunAsync(id, difference, new(Verdict.Dispute, "少结", "商务部", new(2026, 4, 1)), Cancel));
        return id;
    }

    private async Task<SheetId> Upload(string text, Month? period = null) => (await With<UploadSheet, Result<Uploaded>>(u =>
        u.RunAsync(new(Upstream, period ?? March, "sheet.csv", Encoding.UTF8.GetBytes(text)), Cancel))).Value.Id;

    private async Task<IReadOnlyList<SheetLine>> File(SheetId id) =>
        SheetLines.Read((await With<DisputeFiles, byte[]?>(d => d.WriteAsync(id, Cancel)))!).Value;

    private Task<Result<AnswersRead>> Answer(SheetId id, params string[] rows) => With<DisputeFiles, Result<AnswersRead>>(d => d.ReadAsync(
        id, Encoding.UTF8.GetBytes("异议编号,答复金额,答复说明\n" + string.Join('\n', rows) + "\n"), Cancel));

    private async Task<DifferenceDetail> Of(SheetId id, Difference difference)
    {
        var number = (await With<ReconSheets, IReadOnlyList<DifferenceView>>(s => s.DifferencesAsync(id, difference, 0, 1, Cancel)))[0].Number;
        return (await With<ReconSheets, DifferenceDetail?>(s => s.DifferenceAsync(new(id, number), Cancel)))!;
    }

    [Fact]
    public async Task The_upstream_gets_its_own_columns_and_rows_with_what_we_claim_behind_them()
    {
        var id = await Disputed();
        var (less, missing) = (await Of(id, Difference.AmountDiffers), await Of(id, Difference.MissingInSheet));

        var file = await File(id);

        Assert.Equal(["备注", "渠道订单号", "佣金", "异议编号", "我方应结", "表中金额", "异议说明", "答复金额", "答复说明"], file[0].Cells);
        Assert.Equal(["甲", First, "100.00", $"{less.Difference.Number}", "120.00", "100.00", "少结"], file[1].Cells.Take(7));
        Assert.Equal(["", Second, "", $"{missing.Difference.Number}", "120.00", "0.00", "少结"], file[2].Cells.Take(7));
    }

    [Fact]
    public async Task What_the_upstream_agrees_to_is_expected_by_its_next_sheet_and_anything_else_is_noted_once()
    {
        var id = await Disputed();
        var (less, missing) = (await Of(id, Difference.AmountDiffers), await Of(id, Difference.MissingInSheet));
        string[] answers = [$"{missing.Difference.Number},120.00,下月补结", $"{less.Difference.Number},110.00,见 13800138000", "99,1.00,"];

        Assert.Equal(new AnswersRead(1, 1, 1), (await Answer(id, answers)).Value);
        Assert.Equal(new AnswersRead(0, 0, 3), (await Answer(id, answers)).Value);

        (less, missing) = (await Of(id, Difference.AmountDiffers), await Of(id, Difference.MissingInSheet));
        Assert.Equal((DifferenceStatus.Disputed, DifferenceStatus.Carried), (less.Difference.Status, missing.Difference.Status));
        Assert.Equal("上游答复：110.00 元，应结 120.00 元，见 ***", less.Decisions[^1].Note);
        Assert.Equal("商务部", less.Difference.Owner);
        Assert.Equal(2, (await File(id)).Count);
    }

    [Fact]
    public async Task A_file_that_is_no_answer_is_refused()
    {
        var id = await Disputed();

        Assert.Equal("reconciliation.answer_number", (await Answer(id, "x,1.00,")).Refusals[0].Code);
        Assert.Equal("reconciliation.answer_amount", (await Answer(id, "1,一百,")).Refusals[0].Code);
        Assert.Equal("reconciliation.answer_columns",
            (await With<DisputeFiles, Result<AnswersRead>>(d => d.ReadAsync(id, Encoding.UTF8.GetBytes("a,b\n1,2\n"), Cancel))).Refusals[0].Code);
    }

    [Fact]
    public async Task A_new_sheet_is_read_by_the_columns_of_the_last_one_that_somebody_has_looked_at()
    {
        await Disputed();

        // By its header alone it could be either amount.
        var next = await Upload($"序号,佣金,结算金额,渠道订单号\n1,120.00,7.00,{Second}\n", March + 1);

        var preview = (await With<ReconSheets, SheetPreview?>(s => s.PreviewAsync(next, Cancel)))!;
        Assert.Equal((new Money(120_00), "佣金"), (preview.Sheet.SheetTotal, preview.Columns.Single(c => c.Field == Field.Amount).Header));
    }

    [Fact]
    public async Task A_sheet_with_a_wrong_total_is_refused_and_nothing_is_kept()
    {
        await Disputed();

        var refused = await With<UploadSheet, Result<Uploaded>>(u => u.RunAsync(
            new(Upstream, March + 1, "april.csv", Encoding.UTF8.GetBytes($"渠道订单号,佣金\n{Second},120.00\n合计,130.00\n")), Cancel));

        Assert.Equal("file", refused.Refusals[0].Field);
        Assert.Equal(1, await With<ReconSheets, int>(s => s.CountAsync(Cancel)));
    }
}
