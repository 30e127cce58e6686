namespace HaoSuan.Ledger;

/// <summary>The chart of accounts (科目表): docs/settlement.md, "Into the ledger".</summary>
public static class Accounts
{
    /// <summary>应收上游: what an upstream owes the platform.</summary>
    public static Account UpstreamReceivable(UpstreamId upstream) => new($"asset:upstream_receivable:{upstream.Value}");

    /// <summary>渠道在途: what a payment channel holds for the platform.</summary>
    public static Account Gateway(string channel) => new($"asset:gateway:{channel}");

    public static Account Bank => new("asset:bank");

    /// <summary>What the codes of all distributors' accounts begin with.</summary>
    public const string Distributors = "liability:distributor:";

    /// <summary>Whose account it is; null where it is no distributor's.</summary>
    public static DistributorId? DistributorOf(Account account) =>
        account.Code.StartsWith(Distributors, StringComparison.Ordinal)
        && Guid.TryParse(account.Code.AsSpan(Distributors.Length, account.Code.LastIndexOf(':') - Distributors.Length), out var id)
            ? DistributorId.From(id)
            : null;

    /// <summary>冻结佣金: earned, not released yet.</summary>
    public static Account Pending(DistributorId distributor) => new($"liability:distributor:{distributor.Value}:pending");

    /// <summary>可提现. Debit when more was taken back than was there: the distributor owes it.</summary>
    public static Account Available(DistributorId distributor) => new($"liability:distributor:{distributor.Value}:available");

    /// <summary>提现中.</summary>
    public static Account Paying(DistributorId distributor) => new($"liability:distributor:{distributor.Value}:paying");

    public static Account CustomerRefund(OrderId order) => new($"liability:customer:{order.Value}:refund");

    /// <summary>押金: what a consumer has left as a security for a leased device.</summary>
    public static Account Deposit(LeaseId lease) => new($"liability:deposit:{lease.Value}");

    /// <summary>应收租户: bills of a lease that nobody has paid yet.</summary>
    public static Account LeaseReceivable(LeaseId lease) => new($"asset:lease_receivable:{lease.Value}");

    /// <summary>待核销收款: money that has arrived for something and that its module has not taken yet.</summary>
    public static Account Unapplied(OrderId paid) => new($"liability:unapplied:{paid.Value}");

    /// <summary>代扣个税.</summary>
    public static Account TaxWithheld => new("liability:tax_withheld");

    public static Account UpstreamCommission => new("income:upstream_commission");

    public static Account CardSales => new("income:card_sales");

    /// <summary>租金.</summary>
    public static Account Rental => new("income:rental");

    /// <summary>赔偿: for a leased device that came back damaged, or not at all.</summary>
    public static Account Damage => new("income:damage");

    /// <summary>买断: devices that consumers have kept.</summary>
    public static Account DeviceSales => new("income:device_sales");

    /// <summary>What distributors are charged for cards that do not last.</summary>
    public static Account Penalty => new("income:penalty");

    /// <summary>违约金 of leases: late fees, and months that are missing to the shortest term.</summary>
    public static Account LeasePenalty => new("income:lease_penalty");

    /// <summary>提现手续费.</summary>
    public static Account PayoutFee => new("income:payout_fee");

    public static Account Commission => new("expense:commission");

    public static Account GatewayFee => new("expense:gateway_fee");

    public static Account WriteOff => new("expense:write_off");

    /// <summary>待处理: money that a person has yet to decide about.</summary>
    public static Account Suspense(string name) => new($"suspense:{name}");
}
