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

/// <summary>An upstream (上游): who takes the orders of a product and pays for them.</summary>
/// <param name="Key">Its name in addresses and accounts, like <c>hao172</c>.</param>
/// <param name="Wire">The protocol that it speaks.</param>
/// <param name="Settings">What that protocol needs to know, as JSON.</param>
public sealed record Upstream(UpstreamId Id, string Key, string Name, string Wire, string Settings);

/// <summary>A number card on sale (号卡产品).</summary>
/// <param name="Code">Its name in schemes, sheets and addresses, like <c>GD29</c>.</param>
/// <param name="Price">What the consumer pays when ordering; zero where nothing is.</param>
/// <param name="PicksNumber">Whether the consumer picks the number (选号).</param>
/// <param name="ExcludedProvinces">Where it is not delivered: the first two digits of GB/T 2260.</param>
/// <param name="WindowDays">One card per ID number, carrier and so many days.</param>
public sealed record Product(
    ProductId Id, string Code, UpstreamId UpstreamId, Carrier Carrier, string Name, string Summary, Money Price, bool PicksNumber,
    int MinAge, int MaxAge, IReadOnlyList<string> ExcludedProvinces, int WindowDays, bool OnSale);

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
    public bool PicksNumber { get; init; }
    public int MinAge { get; init; } = 16;
    public int MaxAge { get; init; } = 65;
    public IReadOnlyList<string> ExcludedProvinces { get; init; } = [];
    public int WindowDays { get; init; } = 180;
}
