using HaoSuan.Payments.Channels;

namespace HaoSuan.Payments;

/// <summary>
/// From ten in the morning on, every hour: fetches what bills of the last month are not there yet and checks their days; days that
/// differ, or for which a voucher has come late, are checked again.
/// </summary>
internal sealed class CheckChannelDays(Db db, PaymentChannels channels, FetchBill fetch, CheckDay check, Outbox outbox, TimeProvider time) : IRecurring
{
    private const int Days = 31;
    private const int DaysForFunds = 3;

    public async Task RunAsync(CancellationToken cancel)
    {
        List<Exception> failures = [];
        foreach (var channel in channels.Names)
        {
            foreach (var day in await DueAsync(channel, cancel))
            {
                try
                {
                    await LookAtAsync(channel, day, cancel);
                }
                catch (Exception e) when (!cancel.IsCancellationRequested)
                {
                    failures.Add(new InvalidOperationException($"The {channel} day {day:yyyy-MM-dd} could not be checked.", e));
                }
            }
        }
        if (failures.Count > 0) throw new AggregateException(failures);
    }

    private async Task<List<DateOnly>> DueAsync(string channel, CancellationToken cancel)
    {
        var last = ChannelCalendar.LastReady(time.Now);
        if (await db.Payments.Where(p => p.Channel == channel).MinAsync(p => (Instant?)p.CreatedAt, cancel) is not { } begin) return [];
        var (first, begun) = (last.AddDays(1 - Days), ChannelCalendar.DayOf(begin));
        if (first < begun) first = begun;
        var rows = await db.Days.AsNoTracking().Where(d => d.Channel == channel && d.Day >= first && d.Day <= last).ToDictionaryAsync(d => d.Day, cancel);
        var funds = await db.Bills.Where(b => b.Channel == channel && b.Kind == BillKind.Funds && b.Day >= first).Select(b => b.Day).ToListAsync(cancel);
        List<DateOnly> due = [];
        for (var day = first; day <= last; day = day.AddDays(1))
        {
            var row = rows.GetValueOrDefault(day);
            var wantsFunds = row is { State: DayState.Even or DayState.Differs } && day > last.AddDays(-DaysForFunds) && !funds.Contains(day);
            if (row is null or { State: DayState.Waiting or DayState.Differs } || wantsFunds || await IsStaleAsync(row, cancel)) due.Add(day);
        }
        return due;
    }

    private Task<bool> IsStaleAsync(DayRow row, CancellationToken cancel)
    {
        var (from, until) = ChannelCalendar.SpanOf(row.Day);
        return db.Vouchers.AnyAsync(
            v => v.Channel == row.Channel && v.Kind != VoucherKind.Transfer && v.At >= from && v.At < until
                && (row.CheckedAt == null || v.RecordedAt > row.CheckedAt), cancel);
    }

    private async Task LookAtAsync(string channel, DateOnly day, CancellationToken cancel)
    {
        await db.InTransaction(async () =>
        {
            if (!await db.Days.AnyAsync(d => d.Channel == channel && d.Day == day, cancel)) db.Add(new DayRow { Channel = channel, Day = day });
        }, cancel);
        if (await fetch.RunAsync(channel, day, BillKind.Trades, cancel) is { } trouble)
        {
            await NoteAsync(channel, day, trouble, cancel);
            return;
        }
        await fetch.RunAsync(channel, day, BillKind.Funds, cancel);
        await check.RunAsync(channel, day, cancel);
    }

    private Task NoteAsync(string channel, DateOnly day, Refusal trouble, CancellationToken cancel) => db.InTransaction(async () =>
    {
        var row = await db.Days.Where(d => d.Channel == channel && d.Day == day).ForUpdate().SingleAsync(cancel);
        (row.State, row.Trouble) = (DayState.Waiting, trouble.Code);
        if (!ChannelCalendar.IsLate(day, time.Now)) return;
        var (from, until) = ChannelCalendar.SpanOf(day);
        if (trouble.Code == "payments.bill_missing" && !await db.Vouchers
            .AnyAsync(v => v.Channel == channel && v.Kind != VoucherKind.Transfer && v.At >= from && v.At < until, cancel))
        {
            (row.State, row.Trouble, row.CheckedAt) = (DayState.Quiet, null, time.Now);
        }
        else if (row.LateToldAt is null)
        {
            row.LateToldAt = time.Now;
            outbox.Publish(new ChannelBillLate(channel, day));
        }
    }, cancel);
}
