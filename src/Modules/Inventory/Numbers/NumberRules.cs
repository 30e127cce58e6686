using HaoSuan.Catalog;

namespace HaoSuan.Inventory;

/// <summary>The terms of numbers by pattern (靓号规则). They are set for the future and never changed; orders pin those in force.</summary>
public sealed class NumberRules(Db db, Products products, Actor actor, Audit audit, TenantScope tenant, TimeProvider time)
{
    private const int LongestNote = 500;
    private const int LongestContract = 240;

    /// <summary>All rules, the newest first.</summary>
    public async Task<IReadOnlyList<NumberRule>> AllAsync(CancellationToken cancel = default) =>
        [.. (await db.NumberRules.AsNoTracking().OrderByDescending(r => r.SetAt).ThenByDescending(r => r.Id).ToListAsync(cancel)).Select(r => r.ToRule())];

    internal async Task<RulesInForce> InForceAsync(ProductId product, CancellationToken cancel) =>
        await products.FindAsync(product, cancel) is { } found
            ? new(await AllAsync(cancel), product, found.Carrier, time.Now)
            : new([], product, default, time.Now);

    /// <summary>Sets terms from the beginning of that day on, or from now on. What is in force already is not set again.</summary>
    public Task<Result<NumberRule>> SetAsync(RuleScope scope, DateOnly? from, NumberTerms terms, CancellationToken cancel = default) =>
        db.InTransaction(async () =>
        {
            var asked = await CheckAsync(scope, from, terms, cancel);
            if (!asked.TryGet(out var rule, out _)) return asked;
            var last = (await AllAsync(cancel)).FirstOrDefault(r => r.Scope == scope);
            if (last is not null && last.Terms == rule.Terms && (last.From == rule.From || (from is null && last.From <= rule.From))) return last;
            db.Add(NumberRuleRow.Of(rule));
            audit.Record("numbers.rule_set", $"number_rule:{rule.Id}", $"{scope.Pattern}");
            return rule;
        }, cancel);

    /// <summary>The rule as it would be, and how many free numbers it would be for once it is in force.</summary>
    public async Task<Result<Concerned>> PreviewAsync(RuleScope scope, DateOnly? from, NumberTerms terms, CancellationToken cancel = default) =>
        (await CheckAsync(scope, from, terms, cancel)).TryGet(out var rule, out var refusals)
            ? (await ConcernedAsync([rule, .. await AllAsync(cancel)], rule.From, cancel)).GetValueOrDefault(rule.Id, new(0, 0))
            : refusals.ToList();

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

    private async Task<Result<NumberRule>> CheckAsync(RuleScope scope, DateOnly? from, NumberTerms terms, CancellationToken cancel)
    {
        List<Refusal> faults = [];
        if (scope.Pattern == NumberPattern.Plain) faults.Add(new Refusal("inventory.rule_pattern").On("pattern"));
        if (scope.Product is { } product && await products.FindAsync(product, cancel) is null) faults.Add(new Refusal("inventory.product_unknown").On("scope"));
        if (terms.ContractMonths is < 0 or > LongestContract) faults.Add(new Refusal("inventory.rule_months", LongestContract).On("months"));
        if (terms.Note.Length > LongestNote) faults.Add(new Refusal("inventory.rule_note", LongestNote).On("note"));
        if (from < tenant.Zone.DateOf(time.Now)) faults.Add(new Refusal("inventory.rule_past").On("from"));
        if (faults.Count > 0) return faults;
        var start = from is { } day && day > tenant.Zone.DateOf(time.Now) ? tenant.Zone.StartOf(day) : time.Now;
        return new NumberRule(Guid.CreateVersion7(time.GetUtcNow()), scope, start, terms, actor.Name, time.Now);
    }
}
