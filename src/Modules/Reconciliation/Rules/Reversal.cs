using HaoSuan.Ledger;

namespace HaoSuan.Reconciliation;

/// <summary>What takes back the decision that stands (撤销): what the difference is again, and the counter-entry.</summary>
/// <param name="Reverses">The sequence of the decision that is taken back.</param>
internal sealed record Reversal(int Reverses, DifferenceStatus Status, IReadOnlyList<Posting> Postings)
{
    /// <param name="difference">As it stands.</param>
    /// <param name="decisions">All of its decisions, in their order.</param>
    /// <param name="upstream">Of its sheet.</param>
    /// <param name="isExpectedAgain">Whether a sheet was matched since the last decision, which expects what was carried.</param>
    public static Result<Reversal> Of(
        DifferenceRow difference, IReadOnlyList<DecisionRow> decisions, UpstreamId upstream, bool isExpectedAgain)
    {
        if (Standing(decisions) is not { } last || last.Decision.Status != difference.Status)
            return new Refusal("reconciliation.nothing_to_reverse", difference.Number);
        if (difference.Status == DifferenceStatus.Carried && isExpectedAgain) return new Refusal("reconciliation.carried", difference.Number);
        return new Reversal(
            last.Decision.Sequence, last.Before, Outcome.Between(difference.Status, last.Before, difference.Effect, upstream));
    }

    /// <summary>The last decision that has changed something and was not taken back.</summary>
    private static (DecisionRow Decision, DifferenceStatus Before)? Standing(IReadOnlyList<DecisionRow> decisions)
    {
        Stack<(DecisionRow Decision, DifferenceStatus Before)> standing = [];
        foreach (var decision in decisions)
        {
            // Decisions of before this was kept follow each other from an open difference on.
            var before = decision.StatusBefore ?? (standing.TryPeek(out var earlier) ? earlier.Decision.Status : DifferenceStatus.Open);
            if (decision.Reverses is not null) standing.Pop();
            else if (before != decision.Status) standing.Push((decision, before));
        }
        return standing.TryPeek(out var last) ? last : null;
    }
}
