using HaoSuan.Ledger;
using HaoSuan.Settling.Reconciling;

namespace HaoSuan.Reconciliation;

/// <summary>What a verdict does to a difference: the status it gets, and the postings that make the books say so.</summary>
internal sealed record Outcome(DifferenceStatus Status, IReadOnlyList<Posting> Postings)
{
    public const string SuspenseName = "reconciliation";

    /// <summary>
    /// The effect is what the sheet pays more than is booked. Accepting it moves the receivable to the sheet's amount; until
    /// then it may wait in suspense. What the sheet pays less is a loss, what it pays more is income.
    /// </summary>
    public static Result<Outcome> Of(DifferenceRow difference, Verdict verdict, UpstreamId upstream)
    {
        if (difference.Status is not (DifferenceStatus.Open or DifferenceStatus.Disputed or DifferenceStatus.Held))
            return new Refusal("reconciliation.decided", difference.Number);
        if (difference.Class == Difference.Matched && verdict != Verdict.Confirm)
            return new Refusal("reconciliation.matched_is_confirmed", difference.Number);
        var isHeld = difference.Status == DifferenceStatus.Held;
        return verdict switch
        {
            Verdict.Confirm => Becomes(DifferenceStatus.Confirmed),
            Verdict.WriteOff => difference.Effect < Money.Zero
                ? Becomes(DifferenceStatus.WrittenOff)
                : new Refusal("reconciliation.nothing_to_write_off", difference.Number),
            Verdict.Hold => !isHeld && !AccountsForLine(difference.Class)
                ? Becomes(DifferenceStatus.Held)
                : new Refusal("reconciliation.not_for_suspense", difference.Number),
            Verdict.Dispute => !isHeld ? Becomes(DifferenceStatus.Disputed) : new Refusal("reconciliation.held", difference.Number),
            Verdict.Carry => AccountsForLine(difference.Class)
                ? Becomes(DifferenceStatus.Carried)
                : new Refusal("reconciliation.nothing_to_carry", difference.Number),
            Verdict.Assign => new Outcome(difference.Status, []),
        };

        Outcome Becomes(DifferenceStatus status) => new(status, Between(difference.Status, status, difference.Effect, upstream));
    }

    /// <summary>What is booked where a difference passes from one status to another. Back again is the same with other signs.</summary>
    public static IReadOnlyList<Posting> Between(DifferenceStatus before, DifferenceStatus after, Money effect, UpstreamId upstream)
    {
        var (from, to) = (Place(before, effect, upstream), Place(after, effect, upstream));
        return effect.IsZero || from == to ? [] : [new(from, effect), new(to, -effect)];
    }

    /// <summary>Whether the upstream has confirmed a stage: it pays it, and its amount is accepted.</summary>
    public static bool Confirms(DifferenceRow difference, DifferenceStatus status) =>
        status == DifferenceStatus.Confirmed && difference is { OrderId: not null, Class: Difference.Matched or Difference.AmountDiffers }
        && difference.Sheet > Money.Zero;

    /// <summary>Whether the class speaks for an expected line; the others are rows beside.</summary>
    public static bool AccountsForLine(Difference difference) =>
        difference is Difference.Matched or Difference.AmountDiffers or Difference.StatusDiffers or Difference.MissingInSheet;

    /// <summary>The account in which the effect stands: not booked at all, it is what the receivable is apart from the sheet.</summary>
    private static Account Place(DifferenceStatus status, Money effect, UpstreamId upstream) => status switch
    {
        DifferenceStatus.Open or DifferenceStatus.Disputed or DifferenceStatus.Carried => Accounts.UpstreamReceivable(upstream),
        DifferenceStatus.Held => Accounts.Suspense(SuspenseName),
        DifferenceStatus.WrittenOff => Accounts.WriteOff,
        DifferenceStatus.Confirmed => effect < Money.Zero ? Accounts.WriteOff : Accounts.UpstreamCommission,
    };
}
