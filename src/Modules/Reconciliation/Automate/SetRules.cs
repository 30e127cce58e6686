using HaoSuan.Catalog;

namespace HaoSuan.Reconciliation;

/// <summary>
/// Finance says which small differences a rule decides, and from which day on (自动处理规则). A rule is never changed: another one follows it, or it ends.
/// </summary>
public sealed class SetRules(Db db, Products products, Actor actor, Audit audit, TenantScope tenant, TimeProvider time)
{
    private const int LastCutoff = 28;

    public Task<Result<RuleId>> AddAsync(NewRule rule, CancellationToken cancel = default) => db.InTransaction<Result<RuleId>>(async () =>
    {
        if (await products.UpstreamAsync(rule.UpstreamId, cancel) is null) return new Refusal("reconciliation.upstream_unknown").On("upstream");
        if (Fault(rule) is { } fault) return fault;
        var row = new RuleRow
        {
            Id = NewId.Of<RuleId>(time),
            UpstreamId = rule.UpstreamId,
            Kind = rule.Kind,
            FromDay = rule.From,
            Threshold = rule.Threshold,
            Cap = rule.Cap,
            Cutoff = rule.Cutoff,
            SetAt = time.Now,
            SetBy = actor.Name,
        };
        db.Add(row);
        audit.Record("recon_rule.set", $"upstream:{rule.UpstreamId.Value}", $"{row.Id.Value} {DecisionRules.Sentence(row)}");
        return row.Id;
    }, cancel);

    /// <summary>Ends a rule: from today on it decides nothing.</summary>
    public Task<Result<Done>> EndAsync(RuleId id, CancellationToken cancel = default) => db.InTransaction<Result<Done>>(async () =>
    {
        if (await db.Rules.Where(r => r.Id == id).ForUpdate().FirstOrDefaultAsync(cancel) is not { EndedOn: null } rule)
            return new Refusal("reconciliation.rule_ended");
        (rule.EndedOn, rule.EndedAt, rule.EndedBy) = (tenant.Zone.DateOf(time.Now), time.Now, actor.Name);
        audit.Record("recon_rule.ended", $"upstream:{rule.UpstreamId.Value}", $"{rule.Id.Value}");
        return default(Done);
    }, cancel);

    /// <summary>All rules, those in force first, each with how many differences it has decided.</summary>
    public async Task<IReadOnlyList<RuleView>> AllAsync(CancellationToken cancel = default)
    {
        var decided = await db.Decisions.Where(d => d.RuleId != null).GroupBy(d => d.RuleId!.Value).Select(g => new { g.Key, Count = g.Count() })
            .ToDictionaryAsync(g => g.Key, g => g.Count, cancel);
        var rows = await db.Rules.AsNoTracking().ToListAsync(cancel);
        return [.. rows.OrderBy(r => r.EndedOn is not null).ThenByDescending(r => r.FromDay).ThenByDescending(r => r.SetAt).Select(r => new RuleView(
            r.Id, r.UpstreamId, r.Kind, r.FromDay, r.Threshold, r.Cap, r.Cutoff, r.SetBy, r.SetAt, r.EndedOn, r.EndedBy,
            decided.GetValueOrDefault(r.Id)))];
    }

    private Refusal? Fault(NewRule rule)
    {
        if (rule.From < tenant.Zone.DateOf(time.Now)) return new Refusal("reconciliation.rule_from").On("from");
        return rule.Kind switch
        {
            RuleKind.SmallAmount when rule.Threshold <= Money.Zero => new Refusal("reconciliation.rule_threshold").On("threshold"),
            RuleKind.SmallAmount when rule.Cap < rule.Threshold => new Refusal("reconciliation.rule_cap").On("cap"),
            RuleKind.PeriodShift when rule.Cutoff is < 1 or > LastCutoff => new Refusal("reconciliation.rule_cutoff", LastCutoff).On("cutoff"),
            RuleKind.SmallAmount or RuleKind.PeriodShift => null,
        };
    }
}
