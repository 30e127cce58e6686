using HaoSuan.Ledger;

namespace HaoSuan.Settlements;

/// <summary>What an entry does to a distributor's accounts together.</summary>
internal sealed record DistributorMovement(PostedEntry Entry, IReadOnlyList<Account> Accounts)
{
    /// <summary>What the distributor is owed more, or less.</summary>
    public Money Amount => -Sum(p => Accounts.Contains(p.Account));

    public bool IsPayout => Amount < Money.Zero && Entry.Postings.Any(p => p.Account == Accounts[^1] && p.Amount > Money.Zero);

    public StatementPayout ToPayout()
    {
        var tax = -Sum(p => p.Account == Ledger.Accounts.TaxWithheld);
        var fee = -Sum(p => p.Account == Ledger.Accounts.PayoutFee);
        return new(Entry.PostedAt, Entry.Id, Entry.Number, Entry.Memo, -Amount - tax - fee, tax, fee);
    }

    private Money Sum(Func<Posting, bool> which) => Entry.Postings.Where(which).Aggregate(Money.Zero, (sum, p) => sum + p.Amount);
}
