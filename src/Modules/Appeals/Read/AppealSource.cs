using HaoSuan.Identity;
using HaoSuan.Orders;
using Microsoft.Extensions.DependencyInjection;

namespace HaoSuan.Appeals;

/// <summary>The words for what a decision has told: which appeal, who has decided it, with which reason and evidence.</summary>
internal static class AppealSource
{
    private const string Kind = "申诉处理";
    private const int LongestReason = 80;

    public static readonly FactSource Words = new(DecideAppeal.Source, AskAsync);

    private static async Task<IReadOnlyList<Origin>> AskAsync(
        IServiceProvider services, IReadOnlyList<RecordedFact> facts, OrderId order, CancellationToken cancel)
    {
        var db = services.GetRequiredService<Db>();
        var (appeals, evidence) = (db.Appeals.Where(a => a.OrderId == order), db.Evidence);
        var reasons = await db.Messages.AsNoTracking().Join(appeals, m => m.AppealId, a => a.Id, (m, a) => new
        {
            m.AppealId, m.Number, m.Author, m.Text, Appeal = a.Number, Files = evidence.Count(e => e.AppealId == m.AppealId && e.MessageNumber == m.Number),
        }).ToListAsync(cancel);
        var people = await AppealDeskEndpoint.PeopleAsync(services.GetRequiredService<Users>(), cancel);
        return [.. facts.Select(fact =>
        {
            if (reasons.Find(r => DecideAppeal.NameOf(r.AppealId, r.Number) == fact.SourceId) is not { } reason) return new Origin(Kind);
            var files = reason.Files > 0 ? $"（凭证 {reason.Files} 个）" : "";
            return new Origin(
                Kind, $"{reason.Appeal}，{people.GetValueOrDefault(reason.Author, reason.Author)}：{Short(reason.Text)}{files}",
                $"/office/appeals/{reason.AppealId.Value}");
        })];
    }

    private static string Short(string text)
    {
        var line = text.ReplaceLineEndings(" ");
        return line.Length <= LongestReason ? line : $"{line[..LongestReason]}…";
    }
}
