namespace HaoSuan.Kernel;

/// <summary>A typed id. One line for each: <c>readonly record struct OrderId(Guid Value) : IId&lt;OrderId&gt;</c>.</summary>
public interface IId<TSelf> where TSelf : struct, IId<TSelf>
{
    Guid Value { get; }

    static abstract TSelf From(Guid value);
}

public readonly record struct TenantId(int Value);

public readonly record struct UserId(Guid Value) : IId<UserId>
{
    public static UserId From(Guid value) => new(value);
}

public readonly record struct UpstreamId(Guid Value) : IId<UpstreamId>
{
    public static UpstreamId From(Guid value) => new(value);
}

public readonly record struct ProductId(Guid Value) : IId<ProductId>
{
    public static ProductId From(Guid value) => new(value);
}

public readonly record struct DistributorId(Guid Value) : IId<DistributorId>
{
    public static DistributorId From(Guid value) => new(value);
}

public readonly record struct OrderId(Guid Value) : IId<OrderId>
{
    public static OrderId From(Guid value) => new(value);
}

public readonly record struct LeaseId(Guid Value) : IId<LeaseId>
{
    public static LeaseId From(Guid value) => new(value);
}

public readonly record struct FactId(Guid Value) : IId<FactId>
{
    public static FactId From(Guid value) => new(value);
}

public readonly record struct PaymentId(Guid Value) : IId<PaymentId>
{
    public static PaymentId From(Guid value) => new(value);
}

public readonly record struct PayoutId(Guid Value) : IId<PayoutId>
{
    public static PayoutId From(Guid value) => new(value);
}

/// <summary>A value in the vault of personal data (name, ID number, phone, address).</summary>
public readonly record struct SecretId(Guid Value) : IId<SecretId>
{
    public static SecretId From(Guid value) => new(value);
}

public static class NewId
{
    /// <summary>A UUIDv7, ordered by the time it was made.</summary>
    public static T Of<T>(TimeProvider time) where T : struct, IId<T> => T.From(Guid.CreateVersion7(time.GetUtcNow()));
}
