using System.Globalization;
using HaoSuan.Ledger;
using HaoSuan.Payments.Channels;

namespace HaoSuan.Payments;

/// <summary>
/// Checks a day whose bill is kept: books the channel's fee from it, compares vouchers, bill and ledger, and keeps what differs. Checking
/// again is harmless, and finds what has been mended meanwhile.
/// </summary>
internal sealed class CheckDay(Db db, PaymentChannels channels, Books books, Journal journal, Outbox outbox, TimeProvider time)
{
    public const string FeeKind = "gateway-fee";

    private const int LongestNo = 64;

    public Task RunAsync(string channel, DateOnly day, CancellationToken cancel = default) => db.InTransaction(async () =>
    {
        var row = await db.Days.Where(d => d.Channel == channel && d.Day == day).ForUpdate().SingleAsync(cancel);
        var lines = (await db.BillLines.AsNoTracking().Where(l => l.Channel == channel && l.Day == day && l.Kind == BillKind.Trades)
            .OrderBy(l => l.Line).ToListAsync(cancel)).ConvertAll(l => l.ToLine());
        await BookFeeAsync(channel, day, cancel);
        var (from, until) = ChannelCalendar.SpanOf(day);
        var vouchers = await VouchersAsync(channel, from, until, cancel);
        var entries = await books.HappenedAsync(Accounts.Gateway(channel), from, until, cancel);
        var (known, billed) = await ElsewhereAsync(channel, day, vouchers, lines, cancel);
        var check = new ThreeWayCheck(
            vouchers, lines, known, billed,
            [.. entries.Where(e => e.Kind != FeeKind).Select(e => new Moved(e.Id, Short(e.Memo), On(e, channel)))], channels.Find(channel)?.FeeRate);
        await KeepAsync(row, check, -entries.Where(e => e.Kind == FeeKind).Aggregate(Money.Zero, (sum, e) => sum + On(e, channel)), cancel);
    }, cancel);

    /// <summary>
    /// What the channel has kept of the day's money, in the day's last moment. Somebody else may use the same merchant: only what it kept
    /// of our own payments and refunds is ours. The bill never changes, so this is booked once.
    /// </summary>
    private async Task BookFeeAsync(string channel, DateOnly day, CancellationToken cancel)
    {
        var (payments, refunds) = (db.Payments, db.Refunds);
        var fee = new Money(await db.BillLines
            .Where(l => l.Channel == channel && l.Day == day && l.Kind == BillKind.Trades
                && (payments.Any(p => p.TradeNo == l.OurNo) || refunds.Any(r => r.RefundNo == l.OurNo)))
            .SumAsync(l => l.Fee.Minor, cancel));
        if (fee.IsZero) return;
        var date = day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
        var last = new Instant(ChannelCalendar.SpanOf(day).Until.Microseconds - 1);
        await journal.PostAsync(
            new Entry(FeeKind, $"{FeeKind}:{channel}:{date}", last, $"{channel} {date}", [new(Accounts.GatewayFee, fee), new(Accounts.Gateway(channel), -fee)]),
            cancel);
    }

    private async Task<List<Vouched>> VouchersAsync(string channel, Instant from, Instant until, CancellationToken cancel)
    {
        var rows = await db.Vouchers.AsNoTracking()
            .Where(v => v.Channel == channel && v.Kind != VoucherKind.Transfer && v.At >= from && v.At < until)
            .OrderBy(v => v.Number).ToListAsync(cancel);
        return rows.ConvertAll(v => new Vouched(
            v.Number, TypeOf(v.Kind), v.OurNo ?? "", v.ChannelNo, v.Kind == VoucherKind.Payment ? v.Amount : -v.Amount, v.EntryId));
    }

    /// <summary>What other days have of these numbers, of ours and in bills, without what meets there.</summary>
    private async Task<(ILookup<(BillLineType, string), Money> Known, ILookup<(BillLineType, string), Money> Billed)> ElsewhereAsync(
        string channel, DateOnly day, List<Vouched> vouchers, List<BillLine> lines, CancellationToken cancel)
    {
        var numbers = vouchers.Select(v => v.OurNo).Concat(lines.Select(l => l.OurNo)).Where(n => n.Length > 0).Distinct().ToList<string?>();
        var (from, until) = ChannelCalendar.SpanOf(day);
        var vouched = await db.Vouchers
            .Where(v => v.Channel == channel && v.Kind != VoucherKind.Transfer && (v.At < from || v.At >= until) && EF.Parameter(numbers).Contains(v.OurNo))
            .Select(v => new { v.Kind, v.OurNo, v.Amount, v.At }).ToListAsync(cancel);
        var billed = await db.BillLines
            .Where(l => l.Channel == channel && l.Kind == BillKind.Trades && l.Day != day && EF.Parameter(numbers).Contains(l.OurNo))
            .Select(l => new { l.Type, l.OurNo, l.Amount, l.Day }).ToListAsync(cancel);
        var ours = vouched.ConvertAll(v => (
            Key: (Type: TypeOf(v.Kind), OurNo: v.OurNo!), Moved: v.Kind == VoucherKind.Payment ? v.Amount : -v.Amount, Day: ChannelCalendar.DayOf(v.At)));
        var theirs = billed.ConvertAll(l => (Key: (l.Type, l.OurNo), l.Amount, l.Day));
        var (vouchedOn, billedOn) = (ours.Select(v => (v.Key, v.Day)).ToHashSet(), theirs.Select(l => (l.Key, l.Day)).ToHashSet());
        return (
            ours.Where(v => !billedOn.Contains((v.Key, v.Day))).ToLookup(v => v.Key, v => v.Moved),
            theirs.Where(l => !vouchedOn.Contains((l.Key, l.Day))).ToLookup(l => l.Key, l => l.Amount));
    }

    private async Task KeepAsync(DayRow row, ThreeWayCheck check, Money bookedFee, CancellationToken cancel)
    {
        (row.VoucherIn, row.VoucherOut) = (check.Vouchers.In, check.Vouchers.Out);
        (row.BillIn, row.BillOut, row.BillFee) = (check.Bill.In, check.Bill.Out, check.Bill.Fee);
        (row.LedgerIn, row.LedgerOut, row.LedgerFee) = (check.Ledger.In, check.Ledger.Out, bookedFee);
        (row.CheckedAt, row.Trouble) = (time.Now, null);
        var before = await db.DayDifferences.Where(d => d.Channel == row.Channel && d.Day == row.Day).ToListAsync(cancel);
        var left = before.GroupBy(d => d.ToFound()).ToDictionary(g => g.Key, g => new Queue<DifferenceRow>(g));
        List<DifferenceRow> now = [], added = [];
        foreach (var found in check.Differences())
        {
            if (left.TryGetValue(found, out var same) && same.TryDequeue(out var known)) known.GoneAt = null;
            else added.Add(known = New(row, found));
            now.Add(known);
        }
        foreach (var gone in left.Values.SelectMany(g => g)) gone.GoneAt ??= time.Now;
        db.AddRange(added);
        row.State = now.Any(IsOpen) ? DayState.Differs : DayState.Even;
        var news = added.Where(IsOpen).ToList();
        if (news.Count > 0) outbox.Publish(new ChannelDayDiffers(row.Channel, row.Day, news.Count, news.Aggregate(Money.Zero, (sum, d) => sum + Size(d))));
    }

    /// <summary>What lies on another day needs nobody; what somebody has explained needs nobody any more.</summary>
    internal static bool IsOpen(DifferenceRow difference) =>
        difference is { GoneAt: null, ExplainedAt: null } && difference.Class != DayDifference.OtherDay;

    private DifferenceRow New(DayRow day, FoundDifference found) => new()
    {
        Id = Guid.CreateVersion7(time.GetUtcNow()),
        Channel = day.Channel,
        Day = day.Day,
        Class = found.Class,
        Type = found.Type,
        OurNo = found.OurNo,
        ChannelNo = found.ChannelNo,
        Ours = found.Ours,
        Theirs = found.Theirs,
        Voucher = found.Voucher,
        Line = found.Line,
        FoundAt = time.Now,
    };

    private static string Short(string memo) => memo.Length > LongestNo ? memo[..LongestNo] : memo;

    internal static Money Size(DifferenceRow difference) => difference.ToFound().Effect is var effect && effect < Money.Zero ? -effect : effect;

    private static Money On(PostedEntry entry, string channel) =>
        entry.Postings.Where(p => p.Account == Accounts.Gateway(channel)).Aggregate(Money.Zero, (sum, p) => sum + p.Amount);

    private static BillLineType TypeOf(VoucherKind kind) => kind == VoucherKind.Payment ? BillLineType.Payment : BillLineType.Refund;
}
