namespace HaoSuan.Payments;

/// <summary>A voucher for the check: what it moves is negative where money goes out.</summary>
internal sealed record Vouched(long Number, BillLineType Type, string OurNo, string ChannelNo, Money Amount, long EntryId);

/// <summary>An entry of the ledger that moves the channel's account.</summary>
internal sealed record Moved(long EntryId, string Memo, Money Amount);

/// <summary>A difference of a day.</summary>
/// <param name="Ours">What the vouchers have of it; for a fee: what was agreed.</param>
/// <param name="Theirs">What the bill has of it; where the ledger differs: what the ledger has.</param>
internal sealed record FoundDifference(
    DayDifference Class, BillLineType Type, string OurNo, string ChannelNo, Money Ours, Money Theirs, long? Voucher, int? Line)
{
    public Money Effect => Theirs - Ours;
}

/// <summary>
/// The check of a channel's day: bill = vouchers + the differences between them, and ledger = vouchers + those of the ledger, to the fen
/// and whatever is wrong.
/// </summary>
/// <param name="vouchers">Ours of the day.</param>
/// <param name="bill">The channel's lines of the day: payments and refunds.</param>
/// <param name="known">What vouchers of other days move under a number, without those that their own day's bill has.</param>
/// <param name="billed">What bills of other days have under a number, without what we have a voucher for on those days.</param>
/// <param name="ledger">What moved the channel's account on the day, without fees.</param>
/// <param name="rate">The agreed fee; null: it is not looked at.</param>
internal sealed class ThreeWayCheck(
    IReadOnlyList<Vouched> vouchers, IReadOnlyList<BillLine> bill, ILookup<(BillLineType, string), Money> known,
    ILookup<(BillLineType, string), Money> billed, IReadOnlyList<Moved> ledger, Bps? rate)
{
    public DaySums Vouchers { get; } = SumsOf(vouchers.Select(v => v.Amount), Money.Zero);

    public DaySums Bill { get; } = SumsOf(bill.Select(l => l.Amount), Sum(bill.Select(l => l.Fee)));

    /// <summary>Without fees: they are booked from the bill.</summary>
    public DaySums Ledger { get; } = SumsOf(ledger.Select(m => m.Amount), Money.Zero);

    public IReadOnlyList<FoundDifference> Differences() => [.. Movements(), .. Fees(), .. Entries()];

    private IEnumerable<FoundDifference> Movements()
    {
        var lines = bill.Where(l => l.Type is BillLineType.Payment or BillLineType.Refund)
            .GroupBy(l => (l.Type, l.OurNo)).ToDictionary(g => g.Key, g => new Queue<BillLine>(g));
        foreach (var voucher in vouchers)
        {
            if (!lines.TryGetValue((voucher.Type, voucher.OurNo), out var same) || !same.TryDequeue(out var line))
            {
                var elsewhere = billed[(voucher.Type, voucher.OurNo)];
                var found = elsewhere.Contains(voucher.Amount) ? DayDifference.OtherDay
                    : elsewhere.Any() ? DayDifference.AmountDiffers
                    : DayDifference.NotInBill;
                yield return new(found, voucher.Type, voucher.OurNo, voucher.ChannelNo, voucher.Amount, Money.Zero, voucher.Number, null);
            }
            else if (line.Amount != voucher.Amount)
            {
                yield return new(
                    DayDifference.AmountDiffers, voucher.Type, voucher.OurNo, voucher.ChannelNo, voucher.Amount, line.Amount, voucher.Number, line.Line);
            }
        }
        foreach (var line in lines.Values.SelectMany(l => l).OrderBy(l => l.Line))
        {
            // A second line under a number that we have on this day is one too many.
            var found = known[(line.Type, line.OurNo)].Contains(line.Amount) ? DayDifference.OtherDay : DayDifference.NotWithUs;
            yield return new(found, line.Type, line.OurNo, line.ChannelNo, Money.Zero, line.Amount, null, line.Line);
        }
    }

    /// <summary>A payment costs the agreed rate, to the nearest fen; a refund costs nothing, and gives back no more than that.</summary>
    private IEnumerable<FoundDifference> Fees()
    {
        if (rate is not { } agreed) yield break;
        foreach (var line in bill)
        {
            var fee = Rounded(line.Amount, agreed);
            var wanted = line.Type == BillLineType.Payment ? fee : Money.Max(fee, Money.Min(line.Fee, Money.Zero));
            if (line.Fee != wanted)
                yield return new(DayDifference.FeeDiffers, BillLineType.Fee, line.OurNo, line.ChannelNo, wanted, line.Fee, null, line.Line);
        }
    }

    private IEnumerable<FoundDifference> Entries()
    {
        var entries = ledger.GroupBy(m => m.EntryId).ToDictionary(g => g.Key, g => (g.First().Memo, Amount: Sum(g.Select(m => m.Amount))));
        foreach (var voucher in vouchers)
        {
            var booked = entries.Remove(voucher.EntryId, out var entry) ? entry.Amount : Money.Zero;
            if (booked != voucher.Amount)
            {
                yield return new(
                    DayDifference.LedgerDiffers, voucher.Type, voucher.OurNo, voucher.ChannelNo, voucher.Amount, booked, voucher.Number, null);
            }
        }
        foreach (var (id, entry) in entries.OrderBy(e => e.Key))
        {
            if (!entry.Amount.IsZero)
                yield return new(DayDifference.LedgerDiffers, BillLineType.Other, entry.Memo, $"{id}", Money.Zero, entry.Amount, null, null);
        }
    }

    private static Money Rounded(Money amount, Bps rate)
    {
        var magnitude = amount < Money.Zero ? -amount : amount;
        var fee = (magnitude + magnitude).Fraction(rate.Value, 10_000) + new Money(1);
        var rounded = fee.Fraction(1, 2);
        return amount < Money.Zero ? -rounded : rounded;
    }

    private static DaySums SumsOf(IEnumerable<Money> amounts, Money fee)
    {
        var all = amounts.ToList();
        return new(Sum(all.Where(a => a > Money.Zero)), Sum(all.Where(a => a < Money.Zero)), fee);
    }

    private static Money Sum(IEnumerable<Money> amounts) => amounts.Aggregate(Money.Zero, (sum, amount) => sum + amount);
}
