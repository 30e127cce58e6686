using HaoSuan.Settling;

namespace HaoSuan.Catalog;

/// <summary>How far a proposal has come: 草稿, 待审批, 已驳回, 已批准.</summary>
public enum ProposalState
{
    Draft,
    Submitted,
    Rejected,
    Approved,
}

/// <summary>What somebody did with a proposal.</summary>
public enum ProposalAction
{
    Drafted,
    Changed,
    Submitted,

    /// <summary>撤回: by whoever submitted or wrote it, before it is decided.</summary>
    Withdrawn,
    Approved,
    Rejected,
}

/// <param name="Actor">Like <c>user:018f…</c>.</param>
/// <param name="Reason">Why it was rejected; else "".</param>
public sealed record ProposalStep(ProposalAction Action, Instant At, string Actor, string Reason);

/// <summary>What one person proposes and another one decides, with everything that was done with it.</summary>
public abstract record Proposal(int Version, ProposalState State, IReadOnlyList<ProposalStep> Steps)
{
    public bool IsEditable => State is ProposalState.Draft or ProposalState.Rejected;

    /// <summary>Whether that actor wrote, changed or submitted it: he may withdraw it, and not decide it.</summary>
    public bool IsOf(string actor) => Steps.Any(s => s.Actor == actor && s.Action is not (ProposalAction.Approved or ProposalAction.Rejected));
}

/// <summary>A version of a product's scheme in any state.</summary>
/// <param name="InForceFrom">From when on orders pin it, once it is approved; null: from the approval on.</param>
public sealed record SchemeVersion(
    ProductId ProductId, int Version, ProposalState State, Scheme Scheme, Instant? InForceFrom, string Json, IReadOnlyList<ProposalStep> Steps)
    : Proposal(Version, State, Steps);

/// <summary>A bonus in any state: its first version has its terms, a later one the month that it ends with.</summary>
/// <param name="First">The first calendar month that it holds for, once it is approved.</param>
/// <param name="Last">The last one; null: it goes on.</param>
public sealed record BonusVersion(
    string Key, int Version, ProposalState State, Bonus Bonus, Month First, Month? Last, string Json, IReadOnlyList<ProposalStep> Steps)
    : Proposal(Version, State, Steps)
{
    /// <summary>Whether it only ends a bonus that is live (结束).</summary>
    public bool IsEnd => Version > 1;
}

/// <summary>A version of a scheme or a bonus was submitted, withdrawn or decided.</summary>
/// <param name="IsBonus">A bonus, or the end of one; else a scheme.</param>
/// <param name="Subject">The bonus's key, or the product's code.</param>
/// <param name="By">Who has done it, as the audit log names people.</param>
/// <param name="SubmittedBy">Who had submitted it.</param>
public sealed record ProposalMoved(bool IsBonus, string Subject, int Version, ProposalAction Action, string By, string SubmittedBy) : IEvent;
