using HaoSuan.Catalog;

namespace HaoSuan.Distributors;

/// <summary>A text with which distributors promote (素材): a proposal of one person, usable when another one has approved it.</summary>
/// <param name="Product">Null: for all of them (通用).</param>
/// <param name="Title">What colleagues and distributors know it by; consumers do not see it.</param>
/// <param name="Text">What consumers read. <c>{链接}</c> is where the distributor's link goes, or else the end.</param>
/// <param name="Points">Selling points (卖点) for posters.</param>
public sealed record Material(
    Guid Id, ProductId? Product, string Title, string Text, IReadOnlyList<string> Points, ProposalState State, IReadOnlyList<ProposalStep> Steps)
    : Proposal(1, State, Steps)
{
    /// <summary>Since when distributors see it no more (下架).</summary>
    public Retirement? Retired { get; init; }
}

/// <param name="By">As the audit log names him.</param>
public sealed record Retirement(Instant At, string By, string Reason);

/// <summary>What is asked of <see cref="Materials"/>.</summary>
/// <param name="Points">One to a line; "" for none.</param>
public sealed record NewMaterial(ProductId? Product, string Title, string Text, string Points = "");

/// <summary>A material was submitted, withdrawn or decided.</summary>
/// <param name="By">Who has done it, as the audit log names people.</param>
/// <param name="SubmittedBy">Who had submitted it.</param>
public sealed record MaterialMoved(Guid Id, string Title, ProposalAction Action, string By, string SubmittedBy) : IEvent;
