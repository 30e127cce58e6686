using CsCheck;
using HaoSuan.Ledger;

namespace HaoSuan.Tests.Engine;

/// <summary>What somebody may ask of a ledger, at random. Sources, accounts and months are few, so that requests meet.</summary>
internal abstract record LedgerRequest
{
    public static readonly DistributorId Wang = new(Guid.Parse("0198a000-0000-7000-8000-000000000001"));

    /// <summary>The distributor's come first, as in a statement.</summary>
    public static readonly Account[] Used =
        [Accounts.Pending(Wang), Accounts.Available(Wang), Accounts.Paying(Wang), Accounts.Commission, Accounts.Bank, Accounts.TaxWithheld];

    /// <summary>When every sequence begins.</summary>
    public static readonly DateTimeOffset Begin = new(2026, 1, 2, 9, 0, 0, TimeSpan.FromHours(8));

    /// <summary>One transaction that posts these.</summary>
    public sealed record Post(params Draft[] Entries) : LedgerRequest;

    public sealed record Seal : LedgerRequest;

    public sealed record Close(Month Month) : LedgerRequest;

    public sealed record Reopen(Month Month) : LedgerRequest;

    public sealed record Wait(int Days) : LedgerRequest;

    /// <summary>An entry that moves an amount from one account to another, and perhaps a little of it, the tax, to a third.</summary>
    /// <param name="Ago">How many days ago it happened; below zero: in days to come.</param>
    /// <param name="Fault">Fen that are missing for it to be balanced.</param>
    public sealed record Draft(int Source, int From, int To, int Fen, int Tax, int Ago, int Fault)
    {
        public Entry At(Instant now)
        {
            List<Posting> postings = [new(Used[From], new(Fen + Tax), $"label {Fen}"), new(Used[To], new(-Fen - Fault))];
            if (Tax != 0) postings.Add(new(Accounts.TaxWithheld, new(-Tax)));
            return new("test", $"s{Source}", new(now.Microseconds - (Ago * TimeSpan.MicrosecondsPerDay)), $"memo {Source}", postings);
        }
    }

    public static readonly Gen<Draft> Drafts =
        from source in Gen.Int[0, 14]
        from other in Gen.Frequency((5, Gen.Const(0)), (1, Gen.Int[1, 2]))      // the same source with the same content, or with other
        from fault in Gen.Frequency((15, Gen.Const(0)), (1, Gen.Int[-2, 2]))
        from ago in Gen.Int[-3, 45]
        select new Draft(source, source % Used.Length, (source + 1 + (source % 4)) % Used.Length, 100 + source + other, source < 8 ? 0 : source, ago, fault);

    private static readonly Gen<Month> Months = Gen.Int[-1, 3].Select(m => new Month(2026, 1) + m);

    public static readonly Gen<LedgerRequest> Any = Gen.Frequency(
        (8, Drafts.Array[1, 4].Select(d => (LedgerRequest)new Post(d))),
        (2, Gen.Const((LedgerRequest)new Seal())),
        (3, Gen.Int[3, 25].Select(d => (LedgerRequest)new Wait(d))),
        (3, Months.Select(m => (LedgerRequest)new Close(m))),
        (2, Months.Select(m => (LedgerRequest)new Reopen(m))));
}
