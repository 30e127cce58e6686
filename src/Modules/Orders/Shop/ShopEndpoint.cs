using HaoSuan.Catalog;
using HaoSuan.Distributors;
using HaoSuan.Inventory;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;

namespace HaoSuan.Orders;

/// <summary>A distributor's shop: what it sells, picking a number, ordering.</summary>
internal sealed class ShopEndpoint(
    Storefront front, Numbers numbers, PlaceOrder place, Purchases purchases, FindFitting fitting, EnterShop enter,
    IEnumerable<ShopSection> sections, IServiceProvider services, Texts texts, TimeProvider time)
{
    private const int Shown = 20;

    public static async Task<IResult> List(string invite, ShopEndpoint shop, CancellationToken cancel) =>
        await shop.EnterAsync(invite, cancel) is { IsClosed: false } visit
            ? new RazorComponentResult<ProductsPage>(new
            {
                Visit = visit,
                Products = await shop.OffersAsync(visit.Seller, cancel),
                Sections = await shop.SectionsAsync(cancel),
            })
            : await shop.NothingAsync(invite, cancel);

    public static async Task<IResult> Show(
        string invite, string code, [AsParameters] ProductPage.Place at, [AsParameters] NumberQuery query, ShopEndpoint shop, HttpContext http,
        CancellationToken cancel) =>
        await shop.PageAsync(invite, code, at, query, new(), [], http, cancel);

    public static async Task<IResult> Pick(
        string invite, string code, [FromForm] string? number, ShopEndpoint shop, HttpContext http, CancellationToken cancel)
    {
        if (await shop.FindAsync(invite, code, cancel) is not { } found) return await shop.NothingAsync(invite, cancel);
        var reserved = await shop.ReserveAsync(found.Product, number, http.ShopperName(), cancel);
        return reserved.IsRefused
            ? await shop.PageAsync(invite, code, new(null, "1"), NumberQuery.None, new(), reserved.Refusals, http, cancel)
            : TypedResults.LocalRedirect($"/s/{invite}/{code}");
    }

    public static async Task<IResult> Place(
        string invite, string code, [FromForm] OrderForm form, ShopEndpoint shop, HttpContext http, CancellationToken cancel)
    {
        if (await shop.FindAsync(invite, code, cancel) is not { } found) return await shop.NothingAsync(invite, cancel);
        var placed = await shop.OrderAsync(new(found.Visit.Seller, found.Product.Id, form, http.ShopperName()), cancel);
        if (placed.IsRefused) return await shop.PageAsync(invite, code, new(null, null), NumberQuery.None, form, placed.Refusals, http, cancel);
        var status = $"/s/{invite}/o/{placed.Value.Token}";
        return TypedResults.LocalRedirect(placed.Value.Channel is { } channel ? $"{status}/pay?channel={channel}" : status);
    }

    public static async Task<IResult> Terms(string invite, ShopEndpoint shop, CancellationToken cancel) =>
        await shop.EnterAsync(invite, cancel) is { } visit ? new RazorComponentResult<TermsPage>(new { Visit = visit }) : TypedResults.NotFound();

    private Task<Result<PlacedOrder>> OrderAsync(NewOrder order, CancellationToken cancel) =>
        purchases.OnceAsync(order, () => place.RunAsync(order, cancel), cancel);

    private async Task<Result<Reservation>> ReserveAsync(Product product, string? number, string shopper, CancellationToken cancel) =>
        product.PicksNumber && number is { Length: > 0 }
            ? await numbers.ReserveAsync(product.Id, number, shopper, cancel)
            : new Refusal("orders.number_required").On("number");

    private Task<ShopVisit?> EnterAsync(string invite, CancellationToken cancel) => enter.RunAsync(invite, cancel);

    private Task<IReadOnlyList<Product>> OffersAsync(DistributorId seller, CancellationToken cancel) => front.OffersAsync(seller, cancel);

    private async Task<IReadOnlyList<ShopSection>> SectionsAsync(CancellationToken cancel)
    {
        List<ShopSection> open = [];
        foreach (var section in sections)
        {
            if (await section.IsOpen(services, cancel)) open.Add(section);
        }
        return open;
    }

    private Task<IResult> NothingAsync(string invite, CancellationToken cancel) => enter.NothingAsync(invite, cancel);

    private async Task<(ShopVisit Visit, Product Product)?> FindAsync(string invite, string code, CancellationToken cancel) =>
        await EnterAsync(invite, cancel) is { IsClosed: false } visit && await front.ProductAsync(code, cancel) is { OnSale: true } product
            ? (visit, product)
            : null;

    /// <summary>What else fits, where rules alone have refused: as long as the form itself is wrong, nobody knows.</summary>
    private async Task<IReadOnlyList<Product>> FittingAsync(
        DistributorId seller, Product refused, OrderForm form, IReadOnlyList<Refusal> refusals, CancellationToken cancel) =>
        refusals.Count > 0 && refusals.All(Eligibility.IsOfRule)
            ? await fitting.AmongAsync(
                (await OffersAsync(seller, cancel)).Where(p => p.Id != refused.Id && IsForDevices(p) == IsForDevices(refused)), form, cancel)
            : [];

    private static bool IsForDevices(Product product) => product.Kind == ProductKind.IotCard;

    private async Task<IResult> PageAsync(
        string invite, string code, ProductPage.Place at, NumberQuery query, OrderForm form, IReadOnlyList<Refusal> refusals,
        HttpContext http, CancellationToken cancel)
    {
        if (await FindAsync(invite, code, cancel) is not var (visit, product)) return await NothingAsync(invite, cancel);
        var reserved = product.PicksNumber ? await numbers.ReservedAsync(product.Id, http.ShopperName(), cancel) : null;
        var picking = product.PicksNumber && (reserved is null || at.Pick is not null);
        var shown = new
        {
            Visit = visit,
            Product = product,
            Reserved = reserved,
            Free = picking ? await numbers.SearchAsync(product.Id, query.ToSearch(), at.Skip, Shown, cancel) : null,
            At = at,
            Query = query,
            Form = form,
            Errors = FormErrors.Of(refusals, r => texts.Of(r)),
            Fitting = await FittingAsync(visit.Seller, product, form, refusals, cancel),
            Now = time.Now,
            http.Face,
        };
        return new RazorComponentResult<ProductPage>(shown) { StatusCode = refusals.Count > 0 ? 422 : 200 };
    }
}
