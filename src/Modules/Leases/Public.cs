namespace HaoSuan.Leases;

public readonly record struct DeviceModelId(Guid Value) : IId<DeviceModelId>
{
    public static DeviceModelId From(Guid value) => new(value);
}

/// <summary>A bill of a lease. Payments know what is paid by it, too.</summary>
public readonly record struct LeaseBillId(Guid Value) : IId<LeaseBillId>
{
    public static LeaseBillId From(Guid value) => new(value);

    internal OrderId Payable => new(Value);
}

/// <summary>Where a device (设备) is, by its serial number.</summary>
public enum DeviceState
{
    InStock,

    /// <summary>Of a lease that is not paid, or not handed over yet.</summary>
    Reserved,
    Leased,

    /// <summary>It came back and waits for its inspection, or for what becomes of it after that.</summary>
    Returned,

    /// <summary>Overdue for so long, or lost, that its price was charged. It may turn up again.</summary>
    Lost,

    /// <summary>Bought out: the consumer's own.</summary>
    Sold,
    Scrapped,
}

/// <summary>How far a lease (租约) has come: docs/leases.md.</summary>
public enum LeaseState
{
    /// <summary>The first bill, deposit and first month, waits for its payment.</summary>
    AwaitingPayment,
    ToShip,
    Active,

    /// <summary>A bill was not paid in time.</summary>
    Overdue,

    /// <summary>The consumer sends the device back; no further month is billed meanwhile.</summary>
    Returning,
    Inspecting,

    /// <summary>The consumer has been told a price at which the device is his, and has not paid it yet.</summary>
    BuyingOut,

    /// <summary>The device is back or lost, and the deposit did not suffice.</summary>
    Owing,
    Ended,
    BoughtOut,

    /// <summary>Called off before the device was handed over.</summary>
    Cancelled,
}

public enum LeaseBillKind
{
    /// <summary>Deposit and first month.</summary>
    First,
    Monthly,

    /// <summary>滞纳金, once for a month that was not paid in time, where the contract states it.</summary>
    LateFee,

    /// <summary>The months that were missing to the shortest term.</summary>
    EarlyEnd,
    Damage,

    /// <summary>A device that does not come back.</summary>
    Lost,
    BuyOut,
}

public enum LeaseBillState
{
    Open,
    Settled,
    WrittenOff,

    /// <summary>Nobody has to pay it any more: the lease was not begun, or the device not bought.</summary>
    Lapsed,
}

/// <summary>From that month of the lease on, counted from 1, the device can be bought at that price.</summary>
public sealed record BuyOutPrice(int FromMonth, Money Price);

/// <summary>A kind of damage and what it costs.</summary>
public sealed record DamageItem(string Name, Money Price);

/// <summary>What a lease costs. A contract keeps those of its day.</summary>
/// <param name="GraceDays">How many days after it was issued a bill may be paid.</param>
/// <param name="LateFee">Of a month that is not paid by then; zero: none.</param>
/// <param name="BuyOut">By rising month; the first is of month 1.</param>
public sealed record LeaseTerms(
    Money MonthlyFee, Money Deposit, int MinMonths, int GraceDays, Money LateFee, IReadOnlyList<BuyOutPrice> BuyOut, IReadOnlyList<DamageItem> Damages)
{
    /// <summary>What the device costs in that month of the lease, counted from 1.</summary>
    public Money BuyOutIn(int month) => BuyOut.Last(b => b.FromMonth <= Math.Max(1, month)).Price;
}

/// <summary>A device that is for lease (设备型号).</summary>
/// <param name="Free">How many are in stock.</param>
public sealed record DeviceModel(DeviceModelId Id, string Code, string Name, string Summary, bool OnOffer, LeaseTerms Terms, int Free);

/// <summary>A device model as it is typed.</summary>
public sealed record ModelForm
{
    public string? Code { get; init; }
    public string? Name { get; init; }
    public string? Summary { get; init; }
    public string? MonthlyFee { get; init; }
    public string? Deposit { get; init; }
    public string? MinMonths { get; init; }
    public string? GraceDays { get; init; }
    public string? LateFee { get; init; }

    /// <summary>A line for each price: the month from which it holds, and the price.</summary>
    public string? BuyOut { get; init; }

    /// <summary>A line for each damage: its name, and its price.</summary>
    public string? Damages { get; init; }

    /// <summary>"true" where consumers may lease it.</summary>
    public string? OnOffer { get; init; }
}

/// <summary>A device and the lease that it belongs to.</summary>
public sealed record Device(string Serial, DeviceModelId ModelId, DeviceState State, LeaseId? LeaseId, Instant ReceivedAt);

/// <summary>A step in the life of a device.</summary>
public sealed record DeviceMove(DeviceState? From, DeviceState To, LeaseId? LeaseId, string Reason, string Actor, Instant At);

/// <summary>How many devices of a model are in a state.</summary>
public sealed record DeviceCount(DeviceModelId ModelId, DeviceState State, int Count);

/// <summary>A sheet of devices was taken in: so many were new, so many were there already.</summary>
public sealed record DevicesReceived(int Added, int Known);

/// <summary>A lease as a list shows it: personal data masked.</summary>
/// <param name="Open">What bills ask for and nobody has paid yet.</param>
public sealed record LeaseSummary(
    LeaseId Id, string LeaseNo, DeviceModelId ModelId, string Model, string Serial, DistributorId Seller, LeaseState State, Money MonthlyFee,
    Money Deposit, Money Open, Instant PlacedAt, DateOnly? ContractDay, string Name, string Phone);

/// <summary>A bill (账单) of a lease.</summary>
/// <param name="From">The first day of what it is for, where it is for a time.</param>
/// <param name="Until">The last day.</param>
/// <param name="Due">The last day on which it is paid in time.</param>
/// <param name="Paid">What was paid, or taken from the deposit.</param>
public sealed record LeaseBill(
    LeaseBillId Id, int Number, LeaseBillKind Kind, string Text, DateOnly? From, DateOnly? Until, DateOnly Due, Money Amount, Money Paid, LeaseBillState State,
    bool IsOverdue, Instant IssuedAt, Instant? SettledAt)
{
    /// <summary>What finance has taken off it since.</summary>
    public Money Corrected { get; init; }

    public Money Left => State == LeaseBillState.Open ? Amount - Paid - Corrected : Money.Zero;
}

/// <summary>A step of a lease.</summary>
/// <param name="Event">The name of what happened: docs/leases.md.</param>
public sealed record LeaseStep(string Event, LeaseState? From, LeaseState To, string Note, string Actor, Instant At);

/// <summary>What a consumer who ends his lease today pays or gets.</summary>
/// <param name="Month">In which month of the lease he is, counted from 1.</param>
/// <param name="EarlyEnd">For the months that are missing to the shortest term.</param>
/// <param name="BuyOut">The price of the device.</param>
/// <param name="ToPay">What of it the deposit does not cover.</param>
public sealed record EndingQuote(int Month, Money EarlyEnd, Money BuyOut, Money ToPay);

/// <summary>One lease with everything that may be shown without a reveal.</summary>
/// <param name="Held">What of the deposit is held now.</param>
/// <param name="Quote">Where the device is with the consumer.</param>
public sealed record LeaseDetail(
    LeaseSummary Lease, string Token, LeaseTerms Terms, string Contract, Money Held, string? Parcel, string IdNumber, string Address, DateOnly? EndsOn,
    IReadOnlyList<LeaseBill> Bills, IReadOnlyList<LeaseStep> Steps, EndingQuote? Quote);

/// <summary>Which leases a list shows.</summary>
/// <param name="Text">A lease's or a serial number, in full.</param>
public sealed record LeaseFilter(LeaseState? State = null, string? Text = null);

/// <summary>A contract (租赁合同) to be accepted.</summary>
/// <param name="Text">A paragraph for each line.</param>
/// <param name="Mark">By it a form tells which one it has shown.</param>
public sealed record LeaseContract(string Text, string Mark);

/// <summary>What is asked of <see cref="PlaceLease"/>: the form of an order, since it asks for the same.</summary>
/// <param name="Contract">The mark of the contract that was shown: another one is not accepted by it.</param>
public sealed record NewLease(DistributorId Seller, DeviceModelId Model, string Contract, HaoSuan.Orders.OrderForm Form);

/// <summary>A lease that was placed. By the token, and nothing else, its consumer finds it again.</summary>
public sealed record PlacedLease(LeaseId Id, string LeaseNo, string Token, LeaseBillId FirstBill, Money ToPay, string Channel);

/// <summary>What a consumer may pay of a bill now.</summary>
/// <param name="Id">What payments know it by.</param>
/// <param name="Number">Of the lease's bills.</param>
public sealed record BillToPay(OrderId Id, int Number, string No, Money Amount);

/// <summary>A bill of a lease was not paid in time.</summary>
public sealed record LeaseFellOverdue(LeaseId LeaseId, string LeaseNo, DistributorId Seller, Money Open, DateOnly Due, Instant At = default) : IEvent;

/// <summary>A lease has come into another state.</summary>
public sealed record LeaseMoved(LeaseId LeaseId, LeaseState To) : IEvent;

/// <summary>A month of a lease is billed.</summary>
public sealed record LeaseBilled(LeaseId LeaseId, string LeaseNo, LeaseBillId Bill, Money Amount, DateOnly Due, Instant At) : IEvent;

/// <summary>A leased device has arrived in the warehouse.</summary>
public sealed record LeaseDeviceArrived(LeaseId LeaseId, string LeaseNo, Instant At) : IEvent;

/// <summary>A consumer sends a leased device back.</summary>
public sealed record LeaseReturnAnnounced(LeaseId LeaseId, string LeaseNo, string Serial) : IEvent;

/// <summary>The first bill of a lease is paid: the device is to be sent.</summary>
public sealed record LeasePaid(LeaseId LeaseId, string LeaseNo) : IEvent;
