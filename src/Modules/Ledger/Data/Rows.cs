namespace HaoSuan.Ledger;

internal sealed class AccountRow : ITenantRow
{
    public TenantId TenantId { get; init; }
    public required int Id { get; init; }
    public required string Code { get; init; }
}

/// <summary>What one transaction has posted.</summary>
internal sealed class BatchRow : ITenantRow
{
    public TenantId TenantId { get; init; }
    public required long Id { get; init; }
    public required int Entries { get; init; }
    public required Instant PostedAt { get; init; }

    /// <summary>Blinds the hashes of postings, so that a proof of one tells nothing of its neighbours.</summary>
    public required byte[] Salt { get; init; }

    public required byte[] Root { get; init; }
}

internal sealed class UnsealedRow : ITenantRow
{
    public TenantId TenantId { get; init; }
    public required long BatchId { get; init; }

    /// <summary>What it adds to the balances, as JSON: [[account, period, debits, credits], …].</summary>
    public required string Movements { get; init; }
}

internal sealed class EntryRow : ITenantRow
{
    public TenantId TenantId { get; init; }
    public required long Id { get; init; }
    public required Month Period { get; init; }
    public required string Kind { get; init; }
    public required string Source { get; init; }
    public required Instant At { get; init; }
    public required string Memo { get; init; }
    public required OrderId? OrderId { get; init; }

    /// <summary>The entry as it was posted. An account that is gone has a code that no account has.</summary>
    public Entry Read(IEnumerable<PostingRow> postings, IReadOnlyDictionary<int, string> accounts) => new(
        Kind, Source, At, Memo, [.. postings.Select(p => new Posting(new(accounts.GetValueOrDefault(p.AccountId, $"?{p.AccountId}")), p.Amount, p.Label))],
        OrderId);
}

internal sealed class PostingRow : ITenantRow
{
    public TenantId TenantId { get; init; }

    /// <summary>Its entry's.</summary>
    public required Month Period { get; init; }

    public required long EntryId { get; init; }
    public required short Line { get; init; }
    public required int AccountId { get; init; }
    public required Money Amount { get; init; }
    public required string Label { get; init; }
}

/// <summary>The end of the chain. Whoever seals holds this row, so that blocks follow each other.</summary>
internal sealed class HeadRow : ITenantRow
{
    public TenantId TenantId { get; init; }
    public required int Height { get; init; }
    public required long Number { get; init; }
    public required byte[] Hash { get; init; }
}

internal sealed class BlockRow : ITenantRow
{
    public TenantId TenantId { get; init; }
    public required int Height { get; init; }
    public required long FirstNumber { get; init; }
    public required long LastNumber { get; init; }
    public required Instant SealedAt { get; init; }
    public required byte[] Root { get; init; }
    public required byte[] Hash { get; init; }
}

internal sealed class SealRow : ITenantRow
{
    public TenantId TenantId { get; init; }
    public required long BatchId { get; init; }
    public required int Height { get; init; }
    public required int Position { get; init; }
    public required long FirstNumber { get; init; }
}

/// <summary>What sealed entries of a month have moved on an account.</summary>
internal sealed class BalanceRow : ITenantRow
{
    public TenantId TenantId { get; init; }
    public required int AccountId { get; init; }
    public required Month Period { get; init; }
    public required long Debits { get; init; }
    public required long Credits { get; init; }
}

/// <summary>The same of all entries, sealed or not: several rows for one account and month.</summary>
internal sealed class MovementRow : ITenantRow
{
    public TenantId TenantId { get; init; }
    public required int AccountId { get; init; }
    public required Month Period { get; init; }
    public required long Debits { get; init; }
    public required long Credits { get; init; }
}

/// <summary>An act of closing or reopening: from then on that month and all before it are closed.</summary>
internal sealed class ClosingRow : ITenantRow
{
    public TenantId TenantId { get; init; }
    public required int Sequence { get; init; }
    public required Month ClosedThrough { get; init; }
    public required Instant At { get; init; }
    public required string Actor { get; init; }
    public required string Reason { get; init; }

    /// <summary>The last block of that moment: everything that is booked in a month closed by this act is sealed up to there.</summary>
    public required int Height { get; init; }
}
