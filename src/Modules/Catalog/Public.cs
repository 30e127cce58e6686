using HaoSuan.Settling;

namespace HaoSuan.Catalog;

/// <summary>The carrier (运营商) whose network a card is on: 移动, 联通, 电信, 广电.</summary>
public enum Carrier
{
    Mobile,
    Unicom,
    Telecom,
    Broadnet,
}

/// <summary>What kind of product it is (产品类型). It is chosen once and never changes.</summary>
public enum ProductKind
{
    /// <summary>流量卡: free to the consumer, the upstream's commission pays for it.</summary>
    TrafficCard,

    /// <summary>付费卡: the consumer pays for it.</summary>
    PricedCard,

    /// <summary>靓号: the consumer picks the number, which may cost a supplement.</summary>
    PremiumNumber,

    /// <summary>物联网卡: for devices, bought for a stated use that the operator assesses; resale is forbidden.</summary>
    IotCard,
}

/// <summary>An upstream (上游): who takes the orders of a product and pays for them.</summary>
/// <param name="Key">Its name in addresses and accounts, like <c>hao172</c>.</param>
/// <param name="Wire">The protocol that it speaks.</param>
/// <param name="Settings">What that protocol needs to know, as JSON.</param>
public sealed record Upstream(UpstreamId Id, string Key, string Name, string Wire, string Settings);

/// <summary>A number card on sale (号卡产品).</summary>
/// <param name="Code">Its name in schemes, sheets and addresses, like <c>GD29</c>.</param>
/// <param name="Price">What the consumer pays when ordering; zero where nothing is.</param>
/// <param name="PicksNumber">Whether the consumer picks the number (选号).</param>
/// <param name="Rules">Who may order it (办理条件), in the sequence in which they are shown.</param>
public sealed record Product(
    ProductId Id, string Code, UpstreamId UpstreamId, ProductKind Kind, Carrier Carrier, string Name, string Summary, Money Price,
    bool PicksNumber, IReadOnlyList<EligibilityRule> Rules, bool OnSale);

/// <summary>A live version of a product's scheme (佣金方案): approved, and never changed from then on.</summary>
public sealed record PublishedScheme(int Version, Scheme Scheme, Instant InForceFrom, string Json);

/// <summary>A bonus (阶梯奖励) and the calendar months that it holds for.</summary>
/// <param name="Last">The last month; null while it goes on.</param>
public sealed record PublishedBonus(Bonus Bonus, Month First, Month? Last, string Json)
{
    public bool Covers(Month month) => month >= First && !(month > Last);
}

/// <summary>What is asked of <see cref="AddUpstream"/>.</summary>
public sealed record NewUpstream(string Key, string Name, string Wire, string Settings = "{}");

/// <summary>What is asked of <see cref="AddProduct"/>.</summary>
public sealed record NewProduct(string Code, UpstreamId UpstreamId, Carrier Carrier, string Name, string Summary, Money Price = default)
{
    public ProductKind Kind { get; init; } = Price > Money.Zero ? ProductKind.PricedCard : ProductKind.TrafficCard;
    public bool PicksNumber { get; init; }

    /// <summary>Those that a product begins with; null: what is usual for its kind. The office changes them.</summary>
    public IReadOnlyList<EligibilityRule>? Rules { get; init; }
}
