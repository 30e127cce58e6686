namespace HaoSuan.Ledger;

/// <summary>An account (科目) of the tenant's books, by its code. <see cref="Accounts"/> makes them.</summary>
public readonly record struct Account(string Code)
{
    public override string ToString() => Code;
}

/// <summary>One line of an entry: a debit (借) is positive, a credit (贷) negative.</summary>
/// <param name="Account">The account.</param>
/// <param name="Amount">Never zero.</param>
/// <param name="Label">What it is for, in words of whoever posts; the ledger keeps it and reads it back.</param>
public readonly record struct Posting(Account Account, Money Amount, string Label = "");

/// <summary>A journal entry (分录) to be posted: its postings add up to zero.</summary>
/// <param name="Kind">What happened, like <c>payment</c> or <c>settlement</c>.</param>
/// <param name="Source">What it comes from, unique for the tenant: posting the same source again posts nothing.</param>
/// <param name="At">When it happened; when it was posted is kept beside.</param>
/// <param name="Memo">For people. Never personal data.</param>
public sealed record Entry(string Kind, string Source, Instant At, string Memo, IReadOnlyList<Posting> Postings, OrderId? OrderId = null);

/// <summary>An entry as it stands in the books.</summary>
/// <param name="Id">Names it for good, from the moment it is posted.</param>
/// <param name="Number">Its place in the sealed journal; null until it is sealed, seconds later.</param>
/// <param name="Period">The month that it is booked in (账期): that of <paramref name="At"/>, or the first that was still open.</param>
public sealed record PostedEntry(
    long Id, long? Number, Month Period, string Kind, string Source, Instant At, Instant PostedAt, string Memo, OrderId? OrderId,
    IReadOnlyList<Posting> Postings);

/// <summary>What an entry moves on some accounts together, for one label.</summary>
/// <param name="EntryId">The entry.</param>
/// <param name="Amounts">Debit positive, one for each of the accounts that were asked for, in their order.</param>
public sealed record AccountMovement(
    long EntryId, long? Number, Month Period, string Kind, Instant At, Instant PostedAt, string Memo, OrderId? OrderId, string Label,
    IReadOnlyList<Money> Amounts)
{
    public Money Total => Amounts.Aggregate(Money.Zero, (sum, amount) => sum + amount);
}

/// <summary>An account with its balance (debit positive).</summary>
public sealed record AccountBalance(Account Account, Money Balance);

/// <summary>What was moved on an account in a month.</summary>
public sealed record MonthMovement(Account Account, Month Period, Money Debits, Money Credits);

/// <summary>An act of closing a month and all before it, or of reopening the last closed one.</summary>
/// <param name="Month">The month that was closed or reopened.</param>
/// <param name="Actor">As the audit log names it.</param>
/// <param name="Height">The last block of the journal at that moment.</param>
public sealed record Closing(Month Month, bool Reopened, Instant At, string Actor, string Reason, int Height);

/// <summary>What a replay of the whole journal found. Everything is right when there are no findings.</summary>
/// <param name="Seal">The last block's hash. Noted outside of the database, it pins all entries up to that one.</param>
/// <param name="Findings">What is wrong, each with the number of the entry or the account: texts by <see cref="Texts"/>.</param>
public sealed record Verification(long Entries, long Postings, string Seal, IReadOnlyList<Refusal> Findings)
{
    public bool IsSound => Findings.Count == 0;
}

/// <summary>A source was posted before, and said something else then: a conflict that somebody has to look into.</summary>
public sealed class SourceConflictException(string source) : InvalidOperationException($"{source} was posted before with other content.");
