namespace HaoSuan.Catalog;

/// <summary>Changes who may order a product. The list is kept as its next version and holds at once; orders that were placed go on.</summary>
public sealed class ChangeRules(Db db, Actor actor, Audit audit, TimeProvider time)
{
    /// <param name="id">The product.</param>
    /// <param name="seen">The version that the change was made of: whoever comes second sees first what the other one did.</param>
    /// <param name="rules">The whole list.</param>
    /// <param name="cancel">Ends it early.</param>
    public Task<Result<int>> RunAsync(ProductId id, int seen, IReadOnlyList<EligibilityRule> rules, CancellationToken cancel = default) =>
        db.InTransaction<Result<int>>(async () =>
        {
            if (await db.Products.Where(p => p.Id == id).ForUpdate().FirstOrDefaultAsync(cancel) is not { } product)
                return new Refusal("catalog.product_unknown");
            var last = await db.Eligibilities.Where(e => e.ProductId == id).MaxAsync(e => (int?)e.Version, cancel) ?? 0;
            if (last != seen) return new Refusal("catalog.rules_changed_meanwhile");
            if (RuleList.Faults(product.Kind, rules).ToList() is { Count: > 0 } faults) return faults;
            db.Add(new EligibilityRow { ProductId = id, Version = last + 1, Rules = RuleList.Write(rules), At = time.Now, Actor = actor.Name });
            audit.Record("product.rules_changed", $"product:{id.Value}", $"{product.Code} {last + 1}");
            return last + 1;
        }, cancel);
}
