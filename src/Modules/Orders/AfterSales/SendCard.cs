using System.Security.Cryptography;
using System.Text;
using HaoSuan.Inventory;

namespace HaoSuan.Orders;

/// <summary>
/// Sends another card for the one that an order has: for a defective card (换货), for a number in service (补卡), or for a parcel that did not
/// arrive (补发). From then on the order has that card; the one before goes where the after-sale says that it is.
/// </summary>
public sealed class SendCard(Db db, AfterSaleDesk desk, Cards cards)
{
    private const string Why = "售后";

    public Task<Result<AfterSaleState>> RunAsync(
        OrderId order, int number, CardSending sending, string? text = null, CancellationToken cancel = default) =>
        desk.RunAsync(order, number, AfterSaleStep.Send, text, (o, row) => SendAsync(o, row, sending, cancel), false, cancel);

    private async Task<Result<AfterSaleDesk.Told>> SendAsync(OrderRow order, AfterSaleRow row, CardSending sending, CancellationToken cancel)
    {
        var named = Cards.Read(sending.Iccid);
        if (named is null && !string.IsNullOrWhiteSpace(sending.Iccid)) return new Refusal("orders.after_sale_iccid").On("Iccid");
        var ours = named is null || await cards.FindAsync(named, cancel) is not null;
        var (courier, parcel) = (sending.Courier?.Trim() ?? "", sending.TrackingNo?.Trim().ToUpperInvariant() ?? "");
        // A card that the carrier hands out itself comes without a parcel of ours.
        if ((ours || courier.Length + parcel.Length > 0) && Parcel.Faults(courier, parcel) is { Count: > 0 } faults) return faults.ToList();
        // A card of the carrier's own has no row here that whoever names it as well would wait for.
        if (named is not null) await db.HoldAsync([SHA256.HashData(Encoding.UTF8.GetBytes($"{order.TenantId.Value}/{named}"))], cancel);
        if (named is not null && await db.Orders.AnyAsync(o => o.Iccid == named && o.Id != order.Id, cancel))
            return new Refusal("orders.after_sale_card_taken", named).On("Iccid");
        var known = await desk.KnownAsync(order, cancel);
        var old = row.OldIccid;
        if (named is not null && old is not null && Identities.SameIccid(old, named))
        {
            // The upstream may have told the new card before we did; and a parcel that was refused may be sent again as it is.
            old = row.Kind == AfterSaleKind.Reship ? null : CardChanges.Before(named, known);
            if (old is null && row.Kind != AfterSaleKind.Reship) return new Refusal("orders.after_sale_same_card").On("Iccid");
        }
        if (await LeaveAsync(order, row, cancel) is { IsRefused: true } stays) return stays.Refusals.ToList();
        var taken = ours ? await TakeAsync(order, row, named, $"{courier} {parcel}", cancel) : named!;
        if (!taken.TryGet(out var iccid, out var refusals)) return refusals.ToList();
        row.NewIccid = iccid;
        if (old is not null && !Identities.SameIccid(old, iccid))
        {
            row.OldIccid = old;
            await cards.ReplacedAsync(old, iccid, order.Id, AfterSaleWords.Of(row.Kind), cancel);
        }
        // The order goes on, as if its parcel had not come back.
        if (row.Kind == AfterSaleKind.Reship)
            await desk.TakeBackAsync(row, known.Where(f => CardChanges.EndsParcel(f.Kind)), AfterSaleWords.Of(row.Kind), cancel);
        return new AfterSaleDesk.Told(Attributes(old, iccid, courier, parcel));
    }

    /// <summary>Where the card that the order has had is now.</summary>
    private async Task<Result<Done>> LeaveAsync(OrderRow order, AfterSaleRow row, CancellationToken cancel)
    {
        if (await cards.OfOrderAsync(order.Id, cancel) is not { } held) return default(Done);
        var to = (row.Kind, row.Reason) switch
        {
            (AfterSaleKind.Replacement, _) => CardState.Scrapped,
            (_, AfterSaleReason.ParcelLost) => CardState.Lost,
            (_, AfterSaleReason.Refused) => CardState.Returned,
            _ => CardState.Recalled,
        };
        return await cards.MoveAsync(held.Iccid, to, $"{AfterSaleWords.Of(row.Kind)}：{AfterSaleWords.Of(row.Reason)}", cancel);
    }

    private async Task<Result<string>> TakeAsync(OrderRow order, AfterSaleRow row, string? named, string parcel, CancellationToken cancel)
    {
        var taken = named is null
            ? await cards.AllocateAsync(order.Id, order.ProductId, cancel)
            : await cards.AllocateAsync(order.Id, order.ProductId, named, cancel);
        if (!taken.TryGet(out var iccid, out var refusals)) return refusals.Select(r => r.On("Iccid")).ToList();
        // Who waits for a card of a number in service has it when he puts it in: nobody tells of its delivery.
        var moved = await cards.MoveAsync(iccid, CardState.Shipped, parcel, cancel);
        if (!moved.IsRefused && row.Kind == AfterSaleKind.Replacement) moved = await cards.MoveAsync(iccid, CardState.Activated, Why, cancel);
        return moved.IsRefused ? moved.Refusals.ToList() : iccid;
    }

    private static Dictionary<string, string> Attributes(string? old, string iccid, string courier, string parcel)
    {
        Dictionary<string, string> told = new() { ["iccid"] = iccid };
        if (old is not null) told["old_iccid"] = old;
        if (courier.Length > 0) (told["courier"], told["tracking_no"]) = (courier, parcel);
        return told;
    }
}
