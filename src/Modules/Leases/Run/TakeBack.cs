using System.Globalization;

namespace HaoSuan.Leases;

/// <summary>The warehouse takes a device back: it arrives, and is inspected. What the inspection finds settles the lease.</summary>
public sealed class TakeBack(LeaseBook book, LeaseMoney money, Audit audit)
{
    private const int LongestEvidence = 500;

    /// <summary>It has arrived, announced or not.</summary>
    public Task<Result<Done>> ReceiveAsync(LeaseId id, CancellationToken cancel = default) => book.OnAsync(id, async lease =>
    {
        if (book.Refuse(lease, new LeaseEvent.CameBack()) is { } refused) return refused;
        lease.EndsOn ??= book.Today;
        await money.BillMonthsAsync(lease, lease.EndsOn.Value, cancel);
        _ = book.Move(lease, new LeaseEvent.CameBack());
        audit.Record("lease.came_back", $"lease:{id.Value}", lease.Serial);
        book.Publish(new LeaseDeviceArrived(id, lease.LeaseNo, book.Now));
        return await book.MoveDeviceAsync(lease, DeviceState.Returned, lease.LeaseNo, cancel) is { } stuck ? stuck : default(Done);
    }, cancel);

    /// <param name="id">Whose device.</param>
    /// <param name="damages">Names of the contract's price list; none: it is as it should be.</param>
    /// <param name="evidence">What was seen, for who reads it later.</param>
    /// <param name="cancel">Stops it.</param>
    public Task<Result<Done>> InspectAsync(LeaseId id, IReadOnlyCollection<string> damages, string? evidence, CancellationToken cancel = default) =>
        book.OnAsync(id, async lease =>
        {
            var (terms, words) = (lease.ReadTerms(), evidence?.Trim() ?? "");
            if (words.Length is 0 or > LongestEvidence) return new Refusal("leases.evidence_required", LongestEvidence).On("evidence");
            if (book.Refuse(lease, new LeaseEvent.Inspected(false)) is { } refused) return refused;
            var found = terms.Damages.Where(d => damages.Contains(d.Name)).ToList();
            if (found.Count < damages.Distinct().Count()) return new Refusal("leases.damage_unknown").On("damages");
            var due = book.Today.AddDays(terms.GraceDays);
            var month = BillingCalendar.BegunBy(lease.ContractDay!.Value, lease.EndsOn!.Value);      // what came back had begun, and ends
            var text = string.Create(CultureInfo.InvariantCulture, $"租满 {month} 个月，最短租期 {terms.MinMonths} 个月");
            await money.IssueAsync(lease, LeaseBillKind.EarlyEnd, Closing.EarlyEnd(terms, month), text, due, cancel);
            var list = string.Join("；", found.Select(d => $"{d.Name} {YuanText.Of(d.Price)}"));
            await money.IssueAsync(lease, LeaseBillKind.Damage, found.Aggregate(Money.Zero, (sum, d) => sum + d.Price), Short(list), due, cancel);
            var owes = await money.CloseAsync(lease, cancel);
            audit.Record("lease.inspected", $"lease:{id.Value}", list);
            return book.Move(lease, new LeaseEvent.Inspected(owes), list.Length == 0 ? $"完好。{words}" : $"{Short(list)}。{words}") is { } stuck
                ? stuck
                : default(Done);
        }, cancel);

    private static string Short(string text) => text.Length <= LongestEvidence ? text : $"{text[..(LongestEvidence - 1)]}…";
}
