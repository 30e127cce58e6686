using HaoSuan.Ledger;

namespace HaoSuan.Payments;

/// <summary>Every voucher of the months that are closed has been compared with its channel's bill, and what differed is gone or explained.</summary>
internal sealed class DaysChecked(Db db) : ICheckClosing
{
    public static ClosingStep Step => new("payments.close_days", 20, "/office/channel-days");

    public async Task<ClosingFinding> FindAsync(ClosingMonth month, CancellationToken cancel)
    {
        var (first, last) = (month.First.First, month.Month.Last);
        var days = await db.Days.AsNoTracking().Where(d => d.Day >= first && d.Day <= last).ToListAsync(cancel);
        var (from, until) = (ChannelCalendar.SpanOf(first).From, ChannelCalendar.SpanOf(last).Until);
        var channels = await db.Vouchers.Where(v => v.Kind != VoucherKind.Transfer && v.At >= from && v.At < until)
            .Select(v => v.Channel).Distinct().ToListAsync(cancel);
        List<ClosingBlocker> blockers = [];
        foreach (var channel in channels.Order(StringComparer.Ordinal))
        {
            var known = days.Where(d => d.Channel == channel).ToDictionary(d => d.Day);
            for (var day = first; day <= last; day = day.AddDays(1))
            {
                if (known.GetValueOrDefault(day) is null or { State: DayState.Waiting } && await HasVouchersAsync(channel, day, cancel))
                    blockers.Add(Blocker(channel, day, "payments.close_days_no_bill", ChannelWords.Of(channel), day));
            }
        }
        var open = (await db.DayDifferences.AsNoTracking().Where(d => d.Day >= first && d.Day <= last && d.GoneAt == null).ToListAsync(cancel))
            .Where(CheckDay.IsOpen).CountBy(d => (d.Channel, d.Day)).OrderBy(d => d.Key.Day);
        blockers.AddRange(open.Select(d => Blocker(
            d.Key.Channel, d.Key.Day, "payments.close_days_differs", ChannelWords.Of(d.Key.Channel), d.Key.Day, d.Value)));
        return new(blockers, At: days.Max(d => d.CheckedAt));
    }

    private Task<bool> HasVouchersAsync(string channel, DateOnly day, CancellationToken cancel)
    {
        var (from, until) = ChannelCalendar.SpanOf(day);
        return db.Vouchers.AnyAsync(v => v.Channel == channel && v.Kind != VoucherKind.Transfer && v.At >= from && v.At < until, cancel);
    }

    private static ClosingBlocker Blocker(string channel, DateOnly day, string code, params IReadOnlyList<object> arguments) =>
        new(new Refusal(code, arguments), ChannelDaysEndpoint.AddressOf(channel, day));
}
