namespace HaoSuan.Ledger;

/// <summary>An account (科目) of the tenant's books, by its code. <see cref="Accounts"/> makes them.</summary>
public readonly record struct Account(string Code)
{
    public override string ToString() => Code;
}

/// <summary>One line of an entry: a debit (借) is positive, a credit (贷) negative.</summary>
public readonly record struct Posting(Account Account, Money Amount);

/// <summary>A journal entry (分录) to be posted: its postings add up to zero.</summary>
/// <param name="Kind">What happened, like <c>payment</c> or <c>settlement</c>.</param>
/// <param name="Source">What it comes from, unique for the tenant: posting the same source again posts nothing.</param>
/// <param name="At">When it happened; when it was posted is kept beside.</param>
/// <param name="Memo">For people. Never personal data.</param>
public sealed record Entry(string Kind, string Source, Instant At, string Memo, IReadOnlyList<Posting> Postings, OrderId? OrderId = null);

/// <summary>An entry as it stands in the books.</summary>
public sealed record PostedEntry(
    long Number, string Kind, string Source, Instant At, Instant PostedAt, string Memo, OrderId? OrderId,
    IReadOnlyList<Posting> Postings, string Hash);

/// <summary>An account with its balance (debit positive).</summary>
public sealed record AccountBalance(Account Account, Money Balance);

/// <summary>What a replay of the whole journal found. Everything is right when there are no findings.</summary>
/// <param name="Seal">The last entry's hash. Noted outside of the database, it pins all entries up to that one.</param>
/// <param name="Findings">What is wrong, each with the number of the entry or the account: texts by <see cref="Texts"/>.</param>
public sealed record Verification(long Entries, long Postings, string Seal, IReadOnlyList<Refusal> Findings)
{
    public bool IsSound => Findings.Count == 0;
}
