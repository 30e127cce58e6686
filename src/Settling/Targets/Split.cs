namespace HaoSuan.Settling;

/// <summary>
/// One distributor's part of an instance, with its arithmetic: <paramref name="Own"/> is its rate as an amount,
/// <paramref name="Cumulative"/> the same after raising it to the highest below (else equal), <paramref name="Kept"/> what
/// clawback leaves of that; the part is what this is above <paramref name="Below"/>, the kept amount of the seat below. A peer
/// bonus is a part of its own, above nothing.
/// </summary>
public readonly record struct Share(int Seat, Role Role, Money Own, Money Cumulative, Money Kept, Money Below)
{
    public Money Amount => Kept - Below;
}

/// <summary>级差: how an instance of a stage is split over the chain.</summary>
public static class Split
{
    /// <summary>Adds the parts from the seller up, also those of zero; a peer bonus only where the stage has one. Returns the topmost kept amount.</summary>
    public static Money Over(Order order, int stage, Money basis, Portion left, List<Share> shares)
    {
        var seller = order.Chain.Length - 1;
        Money ownBelow = default, cumulative = default, kept = default;
        for (var seat = seller; seat >= 0; seat--)
        {
            var (own, below) = (order.Chain[seat].Rates[stage].Of(basis), kept);
            var isPlain = seat == seller || order.Scheme.Differential == Differential.Strict;
            cumulative = isPlain ? own : Money.Max(own, cumulative);
            kept = left.From(cumulative);
            shares.Add(new(seat, seat == seller ? Role.Sale : Role.Spread, own, cumulative, kept, below));
            var isPeer = seat == seller - 1 && own == ownBelow;
            if (isPeer && order.Scheme.Stages[stage].PeerBonus is { IsZero: false } bonus) shares.Add(Peer(seat, bonus, left));
            ownBelow = own;
        }
        return kept;
    }

    private static Share Peer(int seat, Money bonus, Portion left) => new(seat, Role.Peer, bonus, bonus, left.From(bonus), Money.Zero);
}
