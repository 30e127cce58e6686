using System.Text.Json.Serialization;

namespace HaoSuan.Catalog;

/// <summary>A province, a city of it, or a district of that: an address is compared by their names.</summary>
/// <param name="Province">Two digits of GB/T 2260.</param>
public sealed record Region(string Province, string? City = null, string? District = null);

/// <summary>By what earlier orders and the blacklist are found.</summary>
public enum ApplicantKey
{
    IdNumber,
    Phone,
    Address,
}

/// <summary>Among which orders a repeat is looked for.</summary>
public enum RepeatScope
{
    Product,
    Carrier,

    /// <summary>All orders of the operator.</summary>
    Operator,
}

/// <summary>
/// One rule of a product's list of who may order it (办理条件). What it says is printed by <see cref="RuleWords"/>; whether somebody
/// fits is decided by a pure function of Orders.
/// </summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "rule")]
[JsonDerivedType(typeof(Age), "age")]
[JsonDerivedType(typeof(Delivery), "delivery")]
[JsonDerivedType(typeof(IdRegion), "id_region")]
[JsonDerivedType(typeof(LiveCards), "live_cards")]
[JsonDerivedType(typeof(Repeat), "repeat")]
[JsonDerivedType(typeof(Blacklist), "blacklist")]
[JsonDerivedType(typeof(Declaration), "declaration")]
public abstract record EligibilityRule
{
    private EligibilityRule()
    {
    }

    /// <summary>Full years of age (周岁), both inclusive.</summary>
    public sealed record Age(int Min, int Max) : EligibilityRule;

    /// <summary>Where it is sent, and where it is not.</summary>
    /// <param name="Only">Only to these regions; otherwise to all but these.</param>
    public sealed record Delivery(bool Only, IReadOnlyList<Region> Regions) : EligibilityRule;

    /// <summary>The region in which the ID card was first issued: the first two, four or six digits of the ID number.</summary>
    /// <param name="Only">Only these; otherwise all but these.</param>
    public sealed record IdRegion(bool Only, IReadOnlyList<string> Codes) : EligibilityRule;

    /// <summary>Live phone cards of one ID number with the product's carrier (一证五户: 六部门通告 2016 §4).</summary>
    public sealed record LiveCards(int Most) : EligibilityRule;

    /// <summary>Orders with the same ID number, phone or address in a number of days; what came to nothing does not count.</summary>
    public sealed record Repeat(ApplicantKey By, RepeatScope Scope, int Most, int Days) : EligibilityRule;

    /// <summary>Neither ID number, phone nor address stand on the operator's blacklist.</summary>
    public sealed record Blacklist : EligibilityRule;

    /// <summary>What the consumer has to declare, such as an occupation that he does not have (职业承诺).</summary>
    public sealed record Declaration(string Text) : EligibilityRule;
}

/// <summary>A product's rules as they were from an instant on, until the next version.</summary>
public sealed record RulesVersion(int Version, IReadOnlyList<EligibilityRule> Rules, Instant At);
