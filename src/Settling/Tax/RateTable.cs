namespace HaoSuan.Settling.Tax;

/// <summary>One bracket: what is taxable up to and including <paramref name="UpTo"/> (null: without end) is taxed at
/// <paramref name="Rate"/>, less <paramref name="Quick"/> (速算扣除数).</summary>
public sealed record Bracket(Money? UpTo, Bps Rate, Money Quick);

/// <summary>The rates of a method as they are in force from one day (until the next table's, or until the day given).</summary>
public sealed record RateTable
{
    /// <summary>The announcement it stands in.</summary>
    public required string Source { get; init; }

    public required DateOnly From { get; init; }

    /// <summary>The last day; null: it is in force.</summary>
    public DateOnly? Until { get; init; }

    /// <summary>The share of the income that counts as costs.</summary>
    public required Bps Cost { get; init; }

    /// <summary>Per payment: an income up to <see cref="FlatCostUpTo"/> has this cost instead.</summary>
    public Money FlatCost { get; init; }

    public Money FlatCostUpTo { get; init; }

    /// <summary>Cumulative: what each month of the run takes off (减除费用).</summary>
    public Money Monthly { get; init; }

    public required IReadOnlyList<Bracket> Brackets { get; init; }

    public Bracket BracketOf(Money taxable) => Brackets.First(b => b.UpTo is not { } upTo || taxable <= upTo);

    public bool IsInForce(DateOnly date) => date >= From && (Until is not { } until || date <= until);
}

/// <summary>The tables of both methods. A change of law adds one and ends the one before.</summary>
public static class RateTables
{
    /// <summary>劳务报酬所得预扣率, per payment (按次).</summary>
    public static IReadOnlyList<RateTable> PerPayment { get; } =
    [
        new()
        {
            Source = "国家税务总局公告2018年第61号",
            From = new(2019, 1, 1),
            Cost = new(2000),
            FlatCost = Yuan(800),
            FlatCostUpTo = Yuan(4_000),
            Brackets =
            [
                new(Yuan(20_000), new(2000), Yuan(0)), new(Yuan(50_000), new(3000), Yuan(2_000)), new(null, new(4000), Yuan(7_000)),
            ],
        },
    ];

    /// <summary>平台内从业人员, cumulative (累计预扣).</summary>
    public static IReadOnlyList<RateTable> Cumulative { get; } =
    [
        new()
        {
            Source = "国家税务总局公告2025年第16号",
            From = new(2025, 10, 1),
            Cost = new(2000),
            Monthly = Yuan(5_000),
            Brackets =
            [
                new(Yuan(36_000), new(300), Yuan(0)),
                new(Yuan(144_000), new(1000), Yuan(2_520)),
                new(Yuan(300_000), new(2000), Yuan(16_920)),
                new(Yuan(420_000), new(2500), Yuan(31_920)),
                new(Yuan(660_000), new(3000), Yuan(52_920)),
                new(Yuan(960_000), new(3500), Yuan(85_920)),
                new(null, new(4500), Yuan(181_920)),
            ],
        },
    ];

    private static Money Yuan(int yuan) => new(yuan * 100L);
}
