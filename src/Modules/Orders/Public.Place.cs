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

    /// <summary>"true" where the consumer has agreed.</summary>
    public string? Consent { get; init; }

    /// <summary>The number that was picked, where the product has them.</summary>
    public string? Number { get; init; }

    /// <summary>wechat or alipay, where there is something to pay.</summary>
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
