-- ¿Qué recomendaciones mostrar cuando no caben todas? Por turnos entre diálogos, y en
-- cada diálogo por turnos entre temas, en el orden del documento: hasta `limite` filas.
with en_su_tema as (
    select
        s.enunciado_id,
        s.dialogo_id,
        s.dialogo,
        concat(s.tema_numero, '. ', s.tema) as tema,
        s.tipo_nombre,
        s.texto,
        s.lugar,
        s.posicion,
        row_number() over (
            partition by s.dialogo_id, s.tema_id order by s.posicion
        ) as turno
    from seleccion as s
    where s.naturaleza = 'recomendacion'
),

en_su_dialogo as (
    select
        t.*,
        row_number() over (
            partition by t.dialogo_id order by t.turno, t.posicion
        ) as lugar_en_turnos
    from en_su_tema as t
)

select
    enunciado_id,
    dialogo,
    tema,
    tipo_nombre,
    texto,
    lugar
from en_su_dialogo
order by lugar_en_turnos, posicion
limit :limite
