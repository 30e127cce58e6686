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
        var from = difference.Status == DifferenceStatus.Held ? Suspense : Accounts.UpstreamReceivable(upstream);
        return verdict switch
        {
            Verdict.Confirm => new Outcome(DifferenceStatus.Confirmed,
                Moving(from, difference.Effect < Money.Zero ? Accounts.WriteOff : Accounts.UpstreamCommission, difference.Effect)),
            Verdict.WriteOff => difference.Effect < Money.Zero
                ? new Outcome(DifferenceStatus.WrittenOff, Moving(from, Accounts.WriteOff, difference.Effect))
                : new Refusal("reconciliation.nothing_to_write_off", difference.Number),
            Verdict.Hold => difference.Status != DifferenceStatus.Held && !AccountsForLine(difference.Class)
                ? new Outcome(DifferenceStatus.Held, Moving(from, Suspense, difference.Effect))
                : new Refusal("reconciliation.not_for_suspense", difference.Number),
            Verdict.Dispute => difference.Status != DifferenceStatus.Held
                ? new Outcome(DifferenceStatus.Disputed, [])
                : new Refusal("reconciliation.held", difference.Number),
        };
    }

    /// <summary>Whether the upstream has confirmed a stage: it pays it, and its amount is accepted.</summary>
    public static bool Confirms(DifferenceRow difference, DifferenceStatus status) =>
        status == DifferenceStatus.Confirmed && difference is { OrderId: not null, Class: Difference.Matched or Difference.AmountDiffers }
        && difference.Sheet > Money.Zero;

    /// <summary>Whether the class speaks for an expected line; the others are rows beside.</summary>
    public static bool AccountsForLine(Difference difference) =>
        difference is Difference.Matched or Difference.AmountDiffers or Difference.StatusDiffers or Difference.MissingInSheet;

    private static Account Suspense => Accounts.Suspense(SuspenseName);

    private static IReadOnlyList<Posting> Moving(Account from, Account to, Money effect) =>
        effect.IsZero ? [] : [new(from, effect), new(to, -effect)];
}
