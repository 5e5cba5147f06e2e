-- ¿Qué valores ofrece cada filtro? Una fila por filtro y valor. Un valor que tienen
-- enunciados reales y ficticios es uno solo.
with valores as (
    select
        filtro,
        valor,
        min(etiqueta) as etiqueta,
        min(orden) as orden,
        min(orden_texto) as orden_texto
    from lectura_opciones
    where :solo_reales is null or not es_ficticio
    group by filtro, valor
)

select
    filtro,
    valor,
    etiqueta
from valores
order by filtro, orden, orden_texto, valor
