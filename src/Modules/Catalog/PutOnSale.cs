namespace HaoSuan.Catalog;

/// <summary>Puts a product on sale (上架) or takes it off (下架). Orders that were placed go on.</summary>
public sealed class PutOnSale(Db db, Audit audit)
{
    public Task<Result<Done>> RunAsync(ProductId id, bool onSale, CancellationToken cancel = default) =>
        db.InTransaction<Result<Done>>(async () =>
        {
            if (await db.Products.FirstOrDefaultAsync(p => p.Id == id, cancel) is not { } product)
                return new Refusal("catalog.product_unknown");
            if (product.OnSale != onSale) audit.Record(onSale ? "product.on_sale" : "product.off_sale", $"product:{id.Value}", product.Code);
            product.OnSale = onSale;
            return default(Done);
        }, cancel);
}
