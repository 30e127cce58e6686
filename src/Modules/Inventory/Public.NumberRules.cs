using HaoSuan.Catalog;

namespace HaoSuan.Inventory;

/// <summary>What a number costs and binds its consumer to. None of it is 0.</summary>
/// <param name="Supplement">What it costs on top of the product's price (加价), once.</param>
/// <param name="MinimumMonthly">What has to be spent each month of the contract (低消).</param>
/// <param name="Prepayment">What has to be topped up in advance (预存), at the carrier.</param>
/// <param name="ContractMonths">How long the contract binds (合约期).</param>
/// <param name="Note">What else the consumer has to know.</param>
public sealed record NumberTerms(Money Supplement, Money MinimumMonthly, Money Prepayment, int ContractMonths, string Note)
{
    public static readonly NumberTerms None = new(Money.Zero, Money.Zero, Money.Zero, 0, "");
}

/// <summary>Which numbers a rule is for: those of a product, else those of a carrier, else all. The narrower rule wins.</summary>
public sealed record RuleScope(NumberPattern Pattern, ProductId? Product = null, Carrier? Carrier = null);

/// <summary>The terms of numbers of a pattern (靓号规则), from an instant on until the next ones of the same scope.</summary>
/// <param name="Lifts">From then on this scope has no terms: those of the next wider one hold again.</param>
/// <param name="SetBy">Who has set it, as the audit names people.</param>
public sealed record NumberRule(Guid Id, RuleScope Scope, Instant From, NumberTerms Terms, bool Lifts, string SetBy, Instant SetAt);

/// <summary>What an order pins of its number: the terms that were in force and that the consumer has read.</summary>
/// <param name="Rule">The rule; null where the number has only a supplement of its own.</param>
public sealed record PinnedTerms(NumberPattern Pattern, NumberTerms Terms, Guid? Rule);

/// <summary>How many numbers a rule is for.</summary>
/// <param name="Own">Those of them whose supplement the import has named: of the rule they take the rest.</param>
public sealed record Concerned(int Free, int Own);
