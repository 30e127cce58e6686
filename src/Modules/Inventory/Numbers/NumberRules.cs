using HaoSuan.Catalog;

namespace HaoSuan.Inventory;

/// <summary>The terms of numbers by pattern (靓号规则). They are set for the future and never changed; orders pin those in force.</summary>
public sealed class NumberRules(Db db, Products products, Kept kept, Actor actor, Audit audit, TenantScope tenant, TimeProvider time)
{
    private const int LongestNote = 500;
    private const int LongestContract = 240;

    /// <summary>All rules, the newest first.</summary>
    public async Task<IReadOnlyList<NumberRule>> AllAsync(CancellationToken cancel = default) =>
        [.. (await db.NumberRules.AsNoTracking().OrderByDescending(r => r.SetAt).ThenByDescending(r => r.Id).ToListAsync(cancel)).Select(r => r.ToRule())];

    internal async Task<RulesInForce> InForceAsync(ProductId product, CancellationToken cancel)
    {
        var now = time.Now;
        var (rules, carrier) = await kept.GetAsync(
            ("number rules", product), now,
            async () => await products.FindAsync(product, cancel) is { } found
                ? ((await AllAsync(cancel), found.Carrier), Instant.MaxValue)
                : (([], default(Carrier)), Instant.MaxValue),
            cancel);
        return new(rules, product, carrier, now);
    }

    /// <summary>Sets terms from the beginning of that day on, or from now on. What is in force then already is not set again.</summary>
    /// <param name="scope">Which numbers they are for.</param>
    /// <param name="from">Null: from now on.</param>
    /// <param name="terms">Null lifts those of the scope (取消): the next wider ones hold again.</param>
    /// <param name="cancel">Stops waiting.</param>
    public Task<Result<NumberRule>> SetAsync(RuleScope scope, DateOnly? from, NumberTerms? terms, CancellationToken cancel = default) =>
        db.InTransaction(async () =>
        {
            var asked = await CheckAsync(scope, from, terms, cancel);
            if (!asked.TryGet(out var rule, out _)) return asked;
            var before = await BeforeAsync(rule, cancel);
            if (before is not null && (before.Terms, before.Lifts) == (rule.Terms, rule.Lifts)) return before;
            db.Add(NumberRuleRow.Of(rule));
            audit.Record(rule.Lifts ? "numbers.rule_lifted" : "numbers.rule_set", $"number_rule:{rule.Id}", $"{scope.Pattern}");
            return rule;
        }, cancel);

    /// <summary>How many free numbers the rule would be for once it is in force, or are those of the rule that it would lift.</summary>
    public async Task<Result<Concerned>> PreviewAsync(RuleScope scope, DateOnly? from, NumberTerms? terms, CancellationToken cancel = default)
    {
        if (!(await CheckAsync(scope, from, terms, cancel)).TryGet(out var rule, out var refusals)) return refusals.ToList();
        var all = await AllAsync(cancel);
        var counted = rule.Lifts ? (await BeforeAsync(rule, cancel))?.Id : rule.Id;
        return (await ConcernedAsync(rule.Lifts ? all : [rule, .. all], rule.From, cancel)).GetValueOrDefault(counted ?? rule.Id, new(0, 0));
    }

    /// <summary>How many free numbers each rule is for now.</summary>
    public async Task<IReadOnlyDictionary<Guid, Concerned>> ConcernedAsync(CancellationToken cancel = default) =>
        await ConcernedAsync(await AllAsync(cancel), time.Now, cancel);

    private async Task<Dictionary<Guid, Concerned>> ConcernedAsync(IReadOnlyList<NumberRule> rules, Instant at, CancellationToken cancel)
    {
        var free = await db.Numbers.Where(n => n.OrderId == null).GroupBy(n => new { n.ProductId, n.Pattern })
            .Select(g => new { g.Key.ProductId, g.Key.Pattern, Free = g.Count(), Own = g.Count(n => n.Supplement != null) }).ToListAsync(cancel);
        var carriers = (await products.AllAsync(cancel)).ToDictionary(p => p.Id, p => p.Carrier);
        var found =
            from level in free
            where carriers.ContainsKey(level.ProductId)
            let rule = new RulesInForce(rules, level.ProductId, carriers[level.ProductId], at).Of(level.Pattern)
            where rule is not null
            group level by rule.Id;
        return found.ToDictionary(g => g.Key, g => new Concerned(g.Sum(l => l.Free), g.Sum(l => l.Own)));
    }

    // What holds for the scope when the rule begins.
    private async Task<NumberRule?> BeforeAsync(NumberRule rule, CancellationToken cancel) =>
        RulesInForce.Last((await AllAsync(cancel)).Where(r => r.Scope == rule.Scope && r.From <= rule.From));

    private async Task<Result<NumberRule>> CheckAsync(RuleScope scope, DateOnly? from, NumberTerms? asked, CancellationToken cancel)
    {
        var terms = asked ?? NumberTerms.None;
        List<Refusal> faults = [];
        if (scope.Pattern == NumberPattern.Plain || !Enum.IsDefined(scope.Pattern)) faults.Add(new Refusal("inventory.rule_pattern").On("pattern"));
        if ((scope.Product is { } product && await products.FindAsync(product, cancel) is null) || (scope.Carrier is { } carrier && !Enum.IsDefined(carrier)))
            faults.Add(new Refusal("inventory.product_unknown").On("scope"));
        if (terms.ContractMonths is < 0 or > LongestContract) faults.Add(new Refusal("inventory.rule_months", LongestContract).On("months"));
        if (terms.Note.Length > LongestNote) faults.Add(new Refusal("inventory.rule_note", LongestNote).On("note"));
        if (from < tenant.Zone.DateOf(time.Now)) faults.Add(new Refusal("inventory.rule_past").On("from"));
        if (faults.Count > 0) return faults;
        var start = from is { } day && day > tenant.Zone.DateOf(time.Now) ? tenant.Zone.StartOf(day) : time.Now;
        var rule = new NumberRule(Guid.CreateVersion7(time.GetUtcNow()), scope, start, terms, asked is null, actor.Name, time.Now);
        return rule.Lifts && await BeforeAsync(rule, cancel) is null ? new Refusal("inventory.rule_none").On("lift") : rule;
    }
}
