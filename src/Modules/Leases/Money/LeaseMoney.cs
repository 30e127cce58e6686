using System.Globalization;
using HaoSuan.Ledger;
using HaoSuan.Payments;

namespace HaoSuan.Leases;

/// <summary>
/// What the bills and the deposit of a locked lease move in the ledger: docs/leases.md lists the entries. Each has a source of its own, so that it is
/// booked once.
/// </summary>
public sealed class LeaseMoney(Db db, LeaseBook book, Journal journal, RequestRefund refunds, TimeProvider time)
{
    /// <summary>A bill that the consumer owes from now on; null where it is about nothing.</summary>
    internal async Task<BillRow?> IssueAsync(
        LeaseRow lease, LeaseBillKind kind, Money amount, string text, DateOnly due, CancellationToken cancel, int? period = null)
    {
        if (amount.IsZero) return null;
        var bill = book.Write(lease, kind, amount, text, due, period);
        await OweAsync(lease, bill, amount, cancel);
        return bill;
    }

    /// <summary>The deposit of the first payment is held; its rent waits for the hand-over.</summary>
    internal Task HoldDepositAsync(LeaseRow lease, BillRow first, CancellationToken cancel)
    {
        lease.Deposit = lease.ReadTerms().Deposit;
        return PostAsync("lease-deposit", $"{lease.Id.Value}", lease, cancel,
            (Accounts.Unapplied(first.Id.Payable), lease.Deposit), (Accounts.Deposit(lease.Id), -lease.Deposit));
    }

    /// <summary>The first month has begun: its rent is earned.</summary>
    internal Task EarnFirstMonthAsync(LeaseRow lease, BillRow first, CancellationToken cancel)
    {
        var fee = lease.ReadTerms().MonthlyFee;
        return PostAsync("lease-first-month", $"{lease.Id.Value}", lease, cancel, (Accounts.Unapplied(first.Id.Payable), fee), (Accounts.Rental, -fee));
    }

    /// <summary>A payment is taken for what the bill still asks for. Returns what it took: the rest goes back.</summary>
    internal async Task<Money> CollectAsync(LeaseRow lease, BillRow bill, PaymentId payment, Money amount, CancellationToken cancel)
    {
        var taken = Money.Min(bill.Left, amount);
        await PostAsync("lease-paid", $"{payment.Value}", lease, cancel,
            (Accounts.Unapplied(bill.Id.Payable), taken), (Accounts.LeaseReceivable(lease.Id), -taken));
        Pay(bill, taken);
        return taken;
    }

    /// <summary>
    /// The deposit pays for these bills in their order, as far as it goes. Once for each bill: where something stays open, nothing is left of the
    /// deposit. Returns what stays open.
    /// </summary>
    internal async Task<Money> OffsetAsync(LeaseRow lease, IReadOnlyList<BillRow> bills, CancellationToken cancel)
    {
        var closing = Closing.Of(lease.Deposit, [.. bills.Select(b => b.Left)]);
        foreach (var (bill, taken) in bills.Zip(closing.Taken).Where(t => !t.Second.IsZero))
        {
            await PostAsync("lease-offset", $"{bill.Id.Value}", lease, cancel,
                (Accounts.Deposit(lease.Id), taken), (Accounts.LeaseReceivable(lease.Id), -taken));
            Pay(bill, taken);
        }
        lease.Deposit = closing.Back;
        return closing.Owed;
    }

    /// <summary>Nobody is going to pay what these bills ask for.</summary>
    internal async Task WriteOffAsync(LeaseRow lease, IEnumerable<BillRow> bills, CancellationToken cancel)
    {
        foreach (var bill in bills)
        {
            await PostAsync("lease-written-off", $"{bill.Id.Value}", lease, cancel,
                (Accounts.WriteOff, bill.Left), (Accounts.LeaseReceivable(lease.Id), -bill.Left));
            (bill.State, bill.SettledAt) = (LeaseBillState.WrittenOff, time.Now);
        }
    }

    /// <summary>
    /// The end of a lease: the deposit pays for what is open, in the order of the bills, and what is left of it goes back. True where something
    /// stays open.
    /// </summary>
    internal async Task<bool> CloseAsync(LeaseRow lease, CancellationToken cancel)
    {
        await db.SaveChangesAsync(cancel);
        var owed = await OffsetAsync(lease, await book.OwedAsync(lease, cancel), cancel);
        await GiveBackAsync(lease, "租赁押金退还", cancel);
        return owed > Money.Zero;
    }

    /// <summary>
    /// The device is bought: its price is owed, paid by the deposit first and then by the payment, and what is left of the deposit goes back. Returns
    /// what the payment was taken for.
    /// </summary>
    internal async Task<Money> SellAsync(LeaseRow lease, BillRow bill, (PaymentId Id, Money Amount)? payment, CancellationToken cancel)
    {
        await OweAsync(lease, bill, bill.Amount, cancel);
        await OffsetAsync(lease, [bill], cancel);
        var taken = payment is { } paid ? await CollectAsync(lease, bill, paid.Id, paid.Amount, cancel) : Money.Zero;
        await GiveBackAsync(lease, "买断后押金退还", cancel);
        return taken;
    }

    /// <summary>The months that have begun by that day and are not billed yet. They may be paid from today on, however late they are billed.</summary>
    internal async Task BillMonthsAsync(LeaseRow lease, DateOnly until, CancellationToken cancel)
    {
        if (lease.ContractDay is not { } day) return;
        var terms = lease.ReadTerms();
        for (; BillingCalendar.StartOf(day, lease.NextPeriod) is var from && from <= until; lease.NextPeriod++)
        {
            var text = string.Create(CultureInfo.InvariantCulture, $"第 {lease.NextPeriod + 1} 期月租");
            var bill = await IssueAsync(lease, LeaseBillKind.Monthly, terms.MonthlyFee, text, book.Today.AddDays(terms.GraceDays), cancel, lease.NextPeriod);
            if (bill is not null) book.Publish(new LeaseBilled(lease.Id, lease.LeaseNo, bill.Id, bill.Amount, bill.Due, book.Now));
        }
        if (lease.NextBillOn is not null) lease.NextBillOn = BillingCalendar.StartOf(day, lease.NextPeriod);
    }

    /// <summary>
    /// A bill asked for too much: what of that nobody has paid is asked for no more, and what was paid goes back, by the bill's own payment first and
    /// then by the first one, which has brought the deposit. However the bill ended, the income is taken back.
    /// </summary>
    internal async Task CorrectAsync(LeaseRow lease, BillRow bill, Money amount, string reason, CancellationToken cancel)
    {
        var first = await db.LeaseBills.SingleAsync(b => b.LeaseId == lease.Id && b.Kind == LeaseBillKind.First, cancel);
        var unpaid = Money.Min(amount, bill.Unpaid);
        bill.Corrected += amount;
        var source = string.Create(CultureInfo.InvariantCulture, $"{bill.Id.Value}:{bill.Corrected.Minor}");
        var own = await BackAsync(bill.Id.Payable, amount - unpaid);
        var deposit = await BackAsync(first.Id.Payable, amount - unpaid - own);
        if (unpaid + own + deposit != amount) throw new InvalidOperationException($"The payments of {lease.LeaseNo} have not what its bill was paid with.");
        await PostAsync("lease-corrected", source, lease, cancel,
            (IncomeOf(bill.Kind), amount), (bill.State == LeaseBillState.WrittenOff ? Accounts.WriteOff : Accounts.LeaseReceivable(lease.Id), -unpaid),
            (Accounts.Unapplied(bill.Id.Payable), -own), (Accounts.Unapplied(first.Id.Payable), -deposit));
        if (bill.State == LeaseBillState.Open && bill.Left.IsZero)
            (bill.State, bill.SettledAt) = (bill.Paid.IsZero ? LeaseBillState.Lapsed : LeaseBillState.Settled, time.Now);

        async Task<Money> BackAsync(OrderId payable, Money most) =>
            most.IsZero ? most : (await refunds.UpToAsync(payable, most, reason, $"lease-corrected:{source}", cancel)).Value;
    }

    /// <summary>A lease that was not begun: everything that was paid goes back.</summary>
    internal async Task UndoAsync(LeaseRow lease, BillRow first, string reason, CancellationToken cancel)
    {
        await ReturnDepositAsync(lease, first, cancel);
        Must(await refunds.RunAsync(first.Id.Payable, reason, "lease-called-off", cancel));
    }

    /// <summary>What a payment brought beyond its bill goes back.</summary>
    internal async Task GiveBackExcessAsync(BillRow bill, PaymentId payment, Money amount, CancellationToken cancel) =>
        Must(await refunds.PartAsync(bill.Id.Payable, amount, "账单已结清，多付退回", $"excess:{payment.Value}", cancel));

    private async Task GiveBackAsync(LeaseRow lease, string reason, CancellationToken cancel)
    {
        if (lease.Deposit.IsZero) return;
        var (back, first) = (lease.Deposit, await db.LeaseBills.SingleAsync(b => b.LeaseId == lease.Id && b.Kind == LeaseBillKind.First, cancel));
        await ReturnDepositAsync(lease, first, cancel);
        Must(await refunds.PartAsync(first.Id.Payable, back, reason, "lease-deposit", cancel));
    }

    /// <summary>What the books have of a lease was paid, so that it can go back.</summary>
    private static void Must(Result<Money> refund)
    {
        if (refund.IsRefused) throw new InvalidOperationException($"The books have what the payment has not: {refund.Refusals[0].Code}");
    }

    private async Task ReturnDepositAsync(LeaseRow lease, BillRow first, CancellationToken cancel)
    {
        await PostAsync("lease-deposit-back", $"{lease.Id.Value}", lease, cancel,
            (Accounts.Deposit(lease.Id), lease.Deposit), (Accounts.Unapplied(first.Id.Payable), -lease.Deposit));
        lease.Deposit = Money.Zero;
    }

    private Task OweAsync(LeaseRow lease, BillRow bill, Money amount, CancellationToken cancel) => PostAsync(
        "lease-bill", $"{bill.Id.Value}", lease, cancel, (Accounts.LeaseReceivable(lease.Id), amount), (IncomeOf(bill.Kind), -amount));

    private void Pay(BillRow bill, Money amount)
    {
        bill.Paid += amount;
        if (bill.Left.IsZero) (bill.State, bill.SettledAt) = (LeaseBillState.Settled, time.Now);
    }

    private async Task PostAsync(string kind, string of, LeaseRow lease, CancellationToken cancel, params (Account Account, Money Amount)[] postings)
    {
        List<Posting> moved = [.. postings.Where(p => !p.Amount.IsZero).Select(p => new Posting(p.Account, p.Amount))];
        if (moved.Count > 0) await journal.PostAsync(new Entry(kind, $"{kind}:{of}", time.Now, lease.LeaseNo, moved), cancel);
    }

    private static Account IncomeOf(LeaseBillKind kind) => kind switch
    {
        LeaseBillKind.First or LeaseBillKind.Monthly => Accounts.Rental,
        LeaseBillKind.LateFee or LeaseBillKind.EarlyEnd => Accounts.LeasePenalty,
        LeaseBillKind.Damage or LeaseBillKind.Lost => Accounts.Damage,
        LeaseBillKind.BuyOut => Accounts.DeviceSales,
    };
}
