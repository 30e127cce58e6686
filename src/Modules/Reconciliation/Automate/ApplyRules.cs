using HaoSuan.Settling.Reconciling;

namespace HaoSuan.Reconciliation;

/// <summary>
/// Lets the rules in force decide what they may of a sheet that was matched. Each decision names its rule. Running it again decides only what has
/// been left.
/// </summary>
public sealed class ApplyRules(Db db, DecideDifferences decide, TenantScope tenant, Audit audit, TimeProvider time) : IFollow<DifferencesFound>
{
    public async Task FollowAsync(DifferencesFound happened, CancellationToken cancel) => await RunAsync(happened.SheetId, cancel);

    /// <summary>Returns how many differences they have decided.</summary>
    public async Task<Result<int>> RunAsync(SheetId id, CancellationToken cancel = default)
    {
        var sheet = await db.Sheets.AsNoTracking().FirstOrDefaultAsync(s => s.Id == id, cancel);
        if (sheet is not { State: SheetState.Open }) return 0;
        var rules = await db.Rules.AsNoTracking().Where(r => r.UpstreamId == sheet.UpstreamId).ToListAsync(cancel);
        var decided = 0;
        foreach (var rule in DecisionRules.InForce(rules, tenant.Zone.DateOf(time.Now)))
        {
            if (await IsOverCapAsync(rule, sheet, cancel)) continue;
            Decision decision = new(DecisionRules.VerdictOf(rule.Kind), DecisionRules.Sentence(rule));
            if (!(await decide.AllAsync(id, Among(rule, sheet), decision, rule.Id, cancel)).TryGet(out var some, out var refusals))
                return refusals.ToList();
            decided += some;
        }
        return decided;
    }

    private IQueryable<DifferenceRow> Among(RuleRow rule, SheetRow sheet)
    {
        var open = db.Differences.Where(d => d.Status == DifferenceStatus.Open);
        return rule.Kind switch
        {
            RuleKind.SmallAmount => Small(open, rule),
            RuleKind.PeriodShift => Late(open, sheet.Period.Day(rule.Cutoff), sheet.Period.Last),
        };
    }

    private static IQueryable<DifferenceRow> Late(IQueryable<DifferenceRow> differences, DateOnly? after, DateOnly? until) =>
        differences.Where(d => d.Class == Difference.MissingInSheet && d.EarnedOn > after && d.EarnedOn <= until);

    private static IQueryable<DifferenceRow> Small(IQueryable<DifferenceRow> differences, RuleRow rule)
    {
        var most = rule.Threshold.Minor;
        return differences.Where(d => d.Class == Difference.AmountDiffers && Math.Abs(d.Effect.Minor) <= most);
    }

    /// <summary>Whether the small ones of the sheet are too much together, decided ones among them: then a person decides.</summary>
    private async Task<bool> IsOverCapAsync(RuleRow rule, SheetRow sheet, CancellationToken cancel)
    {
        if (rule.Kind != RuleKind.SmallAmount) return false;
        var size = await Small(db.Differences.Where(d => d.SheetId == sheet.Id), rule).SumAsync(d => Math.Abs(d.Effect.Minor), cancel);
        if (size <= rule.Cap.Minor) return false;
        await db.InTransaction(() =>
        {
            audit.Record("recon_rule.over_cap", $"sheet:{sheet.Id.Value}", $"{rule.Id.Value} {new Money(size)}");
            return Task.CompletedTask;
        }, cancel);
        return true;
    }
}
