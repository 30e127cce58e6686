using HaoSuan.Distributors;
using HaoSuan.Orders;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;

namespace HaoSuan.Leases;

/// <summary>What a shop leases: <c>/s/{invite}/devices</c>.</summary>
internal sealed class DevicesEndpoint(EnterShop shop, DeviceModels models, PlaceLease place, Tree tree, Texts texts)
{
    public static async Task<IResult> List(string invite, DevicesEndpoint page, CancellationToken cancel) =>
        await page.EnterAsync(invite, cancel) is { } visit
            ? new RazorComponentResult<ShopDevicesPage>(new { Visit = visit, Models = await page.OffersAsync(visit, cancel) })
            : await page.NothingAsync(invite, cancel);

    public static Task<IResult> Show(string invite, string code, DevicesEndpoint page, HttpContext http, CancellationToken cancel) =>
        page.PageAsync(invite, code, new(), "", [], http, cancel);

    public static async Task<IResult> Place(
        string invite, string code, [FromForm] OrderForm form, DevicesEndpoint page, HttpContext http, CancellationToken cancel)
    {
        if (await page.FindAsync(invite, code, cancel) is not var (visit, model)) return await page.NothingAsync(invite, cancel);
        var read = http.Request.Form["contract"].ToString();
        var placed = await page.PlaceAsync(new(visit.Seller, model.Id, read, form), cancel);
        return placed.TryGet(out var lease, out var refusals)
            ? TypedResults.LocalRedirect($"/s/{invite}/devices/leases/{lease.Token}/pay?bill=1&channel={lease.Channel}")
            : await page.PageAsync(invite, code, form, read, refusals, http, cancel);
    }

    private async Task<ShopVisit?> EnterAsync(string invite, CancellationToken cancel) =>
        await shop.RunAsync(invite, cancel) is { IsClosed: false } visit ? visit : null;

    private Task<IResult> NothingAsync(string invite, CancellationToken cancel) => shop.NothingAsync(invite, cancel);

    private async Task<IReadOnlyList<DeviceModel>> OffersAsync(ShopVisit visit, CancellationToken cancel) =>
        await tree.SellsAsync(visit.Seller, cancel) ? await models.OnOfferAsync(cancel) : [];

    private Task<Result<PlacedLease>> PlaceAsync(NewLease asked, CancellationToken cancel) => place.RunAsync(asked, cancel);

    private async Task<(ShopVisit Visit, DeviceModel Model)?> FindAsync(string invite, string code, CancellationToken cancel) =>
        await EnterAsync(invite, cancel) is { } visit && (await OffersAsync(visit, cancel)).FirstOrDefault(m => m.Code == code) is { } model
            ? (visit, model)
            : null;

    private async Task<IResult> PageAsync(
        string invite, string code, OrderForm form, string read, IReadOnlyList<Refusal> refusals, HttpContext http, CancellationToken cancel)
    {
        if (await FindAsync(invite, code, cancel) is not var (visit, model)) return await NothingAsync(invite, cancel);
        var contract = await models.ContractAsync(model, cancel);
        var shown = new
        {
            Visit = visit,
            Model = model,
            Contract = contract,
            Form = read == contract.Mark ? form : form with { Consent = null },     // to another contract nobody has agreed yet
            Errors = FormErrors.Of(refusals, r => texts.Of(r)),
            http.Face,
        };
        return new RazorComponentResult<ShopDevicePage>(shown) { StatusCode = refusals.Count > 0 ? 422 : 200 };
    }
}
