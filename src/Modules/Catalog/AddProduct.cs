namespace HaoSuan.Catalog;

/// <summary>Adds a product. It is on sale at once, and can be ordered as soon as a scheme is in force.</summary>
public sealed class AddProduct(Db db, Actor actor, Audit audit, TimeProvider time)
{
    public Task<Result<ProductId>> RunAsync(NewProduct asked, CancellationToken cancel = default) =>
        db.InTransaction(() => AddAsync(asked, cancel), cancel);

    private async Task<Result<ProductId>> AddAsync(NewProduct asked, CancellationToken cancel)
    {
        var faults = Naming.Faults(asked).ToList();
        if (!await db.Upstreams.AnyAsync(u => u.Id == asked.UpstreamId, cancel))
            faults.Add(new Refusal("catalog.upstream_unknown").On("upstream"));
        if (await db.Products.AnyAsync(p => p.Code == asked.Code, cancel))
            faults.Add(new Refusal("catalog.code_taken", asked.Code).On("code"));
        if (faults.Count > 0) return faults;
        var row = Row(asked, NewId.Of<ProductId>(time), time.Now);
        db.Add(row);
        var rules = RuleList.Write(asked.Rules ?? RuleList.Usual(asked.Kind));
        db.Add(new EligibilityRow { ProductId = row.Id, Version = 1, Rules = rules, At = time.Now, Actor = actor.Name });
        audit.Record("product.added", $"product:{row.Id.Value}", row.Code);
        return row.Id;
    }

    private static ProductRow Row(NewProduct asked, ProductId id, Instant now) => new()
    {
        Id = id,
        Code = asked.Code,
        UpstreamId = asked.UpstreamId,
        Kind = asked.Kind,
        Carrier = asked.Carrier,
        Name = asked.Name.Trim(),
        Summary = asked.Summary.Trim(),
        Price = asked.Price,
        PicksNumber = asked.PicksNumber,
        OnSale = true,
        CreatedAt = now,
    };
}
