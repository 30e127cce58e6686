using HaoSuan.Payments.Channels;

namespace HaoSuan.Payments;

/// <summary>A channel's days with their three sides: what the office reads.</summary>
public sealed class ChannelDays(Db db, Files files)
{
    public Task<int> DifferingAsync(CancellationToken cancel = default) => db.Days.CountAsync(d => d.State == DayState.Differs, cancel);

    /// <summary>The newest first.</summary>
    public async Task<IReadOnlyList<ChannelDay>> ListAsync(string? channel, DayState? state, int skip, int take, CancellationToken cancel = default)
    {
        var days = db.Days.AsNoTracking();
        if (channel is not null) days = days.Where(d => d.Channel == channel);
        if (state is not null) days = days.Where(d => d.State == state);
        var rows = await days.OrderByDescending(d => d.Day).ThenBy(d => d.Channel).Skip(skip).Take(take).ToListAsync(cancel);
        var dates = rows.Select(r => r.Day).Distinct().ToList();
        var open = (await db.DayDifferences.AsNoTracking().Where(d => dates.Contains(d.Day) && d.GoneAt == null).ToListAsync(cancel))
            .Where(CheckDay.IsOpen).CountBy(d => (d.Channel, d.Day)).ToDictionary();
        return [.. rows.Select(r => View(r, open.GetValueOrDefault((r.Channel, r.Day))))];
    }

    public async Task<ChannelDay?> FindAsync(string channel, DateOnly day, CancellationToken cancel = default) =>
        await db.Days.AsNoTracking().FirstOrDefaultAsync(d => d.Channel == channel && d.Day == day, cancel) is { } row
            ? View(row, (await DifferencesAsync(channel, day, cancel)).Count(d => d is { IsGone: false, Explanation: null, Class: not DayDifference.OtherDay }))
            : null;

    /// <summary>Those that are there first, then those that a later check did not find any more.</summary>
    public async Task<IReadOnlyList<DayDifferenceView>> DifferencesAsync(string channel, DateOnly day, CancellationToken cancel = default) =>
        [.. (await db.DayDifferences.AsNoTracking().Where(d => d.Channel == channel && d.Day == day).ToListAsync(cancel))
            .OrderBy(d => d.GoneAt is not null).ThenBy(d => d.Class).ThenBy(d => d.Id)
            .Select(d => new DayDifferenceView(
                d.Id, d.Class, d.Type, d.OurNo, d.ChannelNo, d.Ours, d.Theirs, d.Voucher, d.Line, d.GoneAt is not null, d.Explanation))];

    /// <summary>The lines of the trade bill, in its order.</summary>
    public async Task<IReadOnlyList<BillLineView>> LinesAsync(string channel, DateOnly day, int skip, int take, CancellationToken cancel = default) =>
        await db.BillLines.AsNoTracking().Where(l => l.Channel == channel && l.Day == day && l.Kind == BillKind.Trades)
            .OrderBy(l => l.Line).Skip(skip).Take(take)
            .Select(l => new BillLineView(l.Line, l.Type, l.OurNo, l.ChannelNo, l.At, l.Amount, l.Fee, l.Words)).ToListAsync(cancel);

    public async Task<IReadOnlyList<FundSum>> FundsAsync(string channel, DateOnly day, CancellationToken cancel = default)
    {
        var sums = await db.BillLines.Where(l => l.Channel == channel && l.Day == day && l.Kind == BillKind.Funds)
            .GroupBy(l => new { l.Words, l.Type }).Select(g => new { g.Key.Words, g.Key.Type, Count = g.Count(), Sum = g.Sum(l => l.Amount.Minor) })
            .ToListAsync(cancel);
        return [.. sums.OrderBy(s => s.Type).ThenBy(s => s.Words, StringComparer.Ordinal).Select(s => new FundSum(s.Words, s.Type, s.Count, new(s.Sum)))];
    }

    /// <summary>How many lines each kept file has, and whether it may be handed out: not where it has lines of another operator.</summary>
    public async Task<IReadOnlyDictionary<BillKind, (int Lines, bool IsOurs)>> FilesAsync(string channel, DateOnly day, CancellationToken cancel = default) =>
        await db.Bills.AsNoTracking().Where(b => b.Channel == channel && b.Day == day)
            .ToDictionaryAsync(b => b.Kind, b => (b.Lines, b.Others == 0), cancel);

    /// <summary>The file as the channel sent it, without who paid.</summary>
    public async Task<(string Name, string MediaType, byte[] Content)?> FileAsync(
        string channel, DateOnly day, BillKind kind, CancellationToken cancel = default) =>
        await db.Bills.AsNoTracking().FirstOrDefaultAsync(b => b.Channel == channel && b.Day == day && b.Kind == kind && b.Others == 0, cancel) is { } bill
            ? await files.FindAsync(bill.FileId, cancel)
            : null;

    private static ChannelDay View(DayRow row, int open) => new(
        row.Channel, row.Day, row.State, row.Trouble, row.CheckedAt, new(row.VoucherIn, row.VoucherOut, Money.Zero),
        new(row.BillIn, row.BillOut, row.BillFee), new(row.LedgerIn, row.LedgerOut, row.LedgerFee), open);
}
