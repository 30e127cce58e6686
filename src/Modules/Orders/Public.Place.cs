namespace HaoSuan.Orders;

/// <summary>An order form as it was typed. Its fields' names are those of the page, so that refusals find them.</summary>
public sealed record OrderForm
{
    public string? Name { get; init; }
    public string? IdNumber { get; init; }
    public string? Phone { get; init; }

    /// <summary>Two digits of GB/T 2260.</summary>
    public string? Province { get; init; }

    public string? City { get; init; }
    public string? District { get; init; }
    public string? Address { get; init; }

    /// <summary>"true" where the consumer declares what the product's rules ask for.</summary>
    public string? Declaration { get; init; }

    /// <summary>The form's own name, where it buys cards for devices: sent twice it is one purchase.</summary>
    public string? Purchase { get; init; }

    /// <summary>How many cards, where the product is for devices.</summary>
    public string? Quantity { get; init; }

    /// <summary>The company that buys cards for its devices; empty: the person himself.</summary>
    public string? Company { get; init; }

    /// <summary>Its unified social credit code (统一社会信用代码).</summary>
    public string? CreditCode { get; init; }

    /// <summary>In which devices, for what and where cards for devices are used.</summary>
    public string? Use { get; init; }

    /// <summary>"true" where the buyer knows that cards for devices may not be resold, let or lent.</summary>
    public string? NoResale { get; init; }

    /// <summary>"true" where the consumer has agreed.</summary>
    public string? Consent { get; init; }

    /// <summary>The number that was picked, where the product has them.</summary>
    public string? Number { get; init; }

    /// <summary>The rule whose terms the page has shown with the number, and "true" where the consumer has accepted them.</summary>
    public string? NumberRule { get; init; }

    public string? NumberTerms { get; init; }

    /// <summary>wechat or alipay, or with -qr after it a code to scan, where there is something to pay.</summary>
    public string? Channel { get; init; }

    /// <summary>Personal data is not written anywhere by mistake.</summary>
    public override string ToString() => "Order form";
}

/// <summary>What is asked of <see cref="PlaceOrder"/>.</summary>
/// <param name="Holder">Who has reserved the number: the random name of the consumer's browser.</param>
public sealed record NewOrder(DistributorId Seller, ProductId Product, OrderForm Form, string Holder);

/// <summary>An order that was placed. By the token, and nothing else, its consumer finds it again.</summary>
public sealed record PlacedOrder(OrderId Id, string OrderNo, string Token, Money Price, string? Channel);

/// <summary>Where in the vault a person stands.</summary>
public sealed record KeptPerson(SecretId Name, SecretId IdNumber, SecretId Phone, SecretId Address);

/// <summary>Who ordered, in clear. Every reading of it is audited.</summary>
public sealed record Person(string Name, string IdNumber, string Phone, string Province, string City, string District, string Address)
{
    public override string ToString() => "Person";
}
