namespace HaoSuan.Catalog;

/// <summary>
/// A step that somebody takes with a proposal, the same for schemes, bonuses and what a module above has decided by two persons: one
/// writes it, submits it and may withdraw it until it is decided; another one approves or rejects it; what was rejected is changed and
/// submitted again.
/// </summary>
public sealed record Move(ProposalAction Action, string Actor, Instant At)
{
    private const int LongestReason = 500;

    /// <summary>Why it is rejected.</summary>
    public string Reason { get; init; } = "";

    /// <summary>How many steps it had when it was read by whoever approves it; null where nobody looks.</summary>
    public int? Seen { get; init; }

    /// <summary>What the proposal is afterwards.</summary>
    public ProposalState After => Action switch
    {
        ProposalAction.Drafted or ProposalAction.Changed or ProposalAction.Withdrawn => ProposalState.Draft,
        ProposalAction.Submitted => ProposalState.Submitted,
        ProposalAction.Approved => ProposalState.Approved,
        ProposalAction.Rejected => ProposalState.Rejected,
    };

    /// <summary>Whether it is still to be done: false where it has been done, as when it is sent twice.</summary>
    public Result<bool> IsDue(Proposal proposal) => (Action, proposal.State) switch
    {
        (ProposalAction.Submitted, ProposalState.Submitted) or (ProposalAction.Approved, ProposalState.Approved) => false,
        (ProposalAction.Withdrawn, ProposalState.Draft) when proposal.Steps is [.., { Action: ProposalAction.Withdrawn }] => false,
        (ProposalAction.Submitted, ProposalState.Draft) => true,
        (ProposalAction.Submitted, _) => new Refusal("catalog.version_not_draft"),
        (ProposalAction.Drafted or ProposalAction.Changed, _) => proposal.IsEditable ? true : new Refusal("catalog.version_not_editable"),
        (_, not ProposalState.Submitted) => new Refusal("catalog.version_not_submitted"),
        (ProposalAction.Withdrawn, _) => proposal.IsOf(Actor) ? true : new Refusal("catalog.version_of_others"),
        _ when proposal.IsOf(Actor) => new Refusal("catalog.own_version"),
        (ProposalAction.Rejected, _) => Reason.Trim().Length is > 0 and <= LongestReason
            ? true
            : new Refusal("catalog.reason_missing", LongestReason).On("reason"),
        _ when Seen is { } steps && steps != proposal.Steps.Count => new Refusal("catalog.version_changed"),
        _ => true,
    };
}
