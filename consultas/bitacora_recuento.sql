-- ¿Quiénes escribieron, qué y cuánto en unos días? Una fila por persona y acción.
select
    b.quien,
    b.accion,
    count(*) as renglones
from bitacora as b
where
    (:desde_dia is null or cast(b.momento as date) >= :desde_dia)
    and (:hasta_dia is null or cast(b.momento as date) <= :hasta_dia)
group by b.quien, b.accion
order by b.quien, b.accion
