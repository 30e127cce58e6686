using HaoSuan.Identity;
using HaoSuan.Orders;
using Microsoft.Extensions.DependencyInjection;

namespace HaoSuan.Reconciliation;

/// <summary>The words for what a sheet tells of an order: which row of which file has it, and who has accepted that, or has taken it back.</summary>
internal static class SheetSource
{
    private const string Name = "recon";
    private const string Kind = "上游对账单";

    public static readonly FactSource Words = new(Name, AskAsync);

    /// <summary>The source of the facts of a sheet.</summary>
    public static string Of(SheetId sheet) => $"{Name}:{sheet.Value}";

    /// <summary>The id of the fact that a decision tells: the same decision tells it once.</summary>
    public static string FactOf(DifferenceRow difference, int sequence) => FactOf(difference.Number, sequence);

    private static string FactOf(int number, int sequence) => sequence == 1 ? $"{number}" : $"{number}.{sequence}";

    private static async Task<IReadOnlyList<Origin>> AskAsync(
        IServiceProvider services, IReadOnlyList<RecordedFact> facts, OrderId order, CancellationToken cancel)
    {
        var db = services.GetRequiredService<Db>();
        var (differences, sheets, decisions) = (db.Differences.Where(d => d.OrderId == order), db.Sheets, db.Decisions);
        var rows = await (
            from difference in differences
            join sheet in sheets on difference.SheetId equals sheet.Id
            join decision in decisions.Where(d => d.Status == DifferenceStatus.Confirmed || d.Reverses != null)
                on new { difference.SheetId, difference.Number } equals new { decision.SheetId, decision.Number }
            select new
            {
                difference.SheetId, difference.Number, difference.Class, difference.RowNumber, sheet.FileName, sheet.Period, decision.Sequence,
                decision.Reverses, decision.DecidedBy, decision.Note,
            }).ToListAsync(cancel);
        var people = await services.GetRequiredService<Users>().NamesAsync(cancel);
        return [.. facts.Select(fact =>
        {
            var told = rows.Find(r => Of(r.SheetId) == fact.Source
                && fact.SourceId == (r.Reverses is { } reversed ? $"{FactOf(r.Number, reversed)}/void" : FactOf(r.Number, r.Sequence)));
            if (told is not { } row) return new Origin(Kind);
            var act = row.Reverses is null ? "确认" : "撤销";
            var decided = $"{people.GetValueOrDefault(row.DecidedBy, row.DecidedBy)} {act}{(row.Note.Length > 0 ? $"：{row.Note}" : "")}";
            return new Origin(
                Kind, $"《{row.FileName}》第 {row.RowNumber} 行（账期 {row.Period}），{decided}",
                $"{SheetEndpoint.AddressOf(row.SheetId)}?class={row.Class}", Policies.Finance);
        })];
    }
}
